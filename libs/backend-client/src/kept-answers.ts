import { PorticoError, type Cancellable, Cancellation, type KeptAnswer, type PartCache, type RequestContext, type Telemetry } from '@portico/core';
import type { ServiceCall } from './service-endpoint.js';

/** One call that several requests wait for. */
interface Flight {
  readonly text: Promise<string>;
  readonly cancellation: Cancellation;
  waiting: number;
}

export interface Ask {
  readonly context: RequestContext;
  readonly dueAt: number;
  readonly cancellation: Cancellation;
}

/**
 * Keeps answers of endpoints that declare it, and lets requests for the same thing at the same time share one call.
 * What is kept and shared is text: every reader parses its own copy.
 */
export class KeptAnswers {
  readonly #cache: PartCache;
  readonly #telemetry: Telemetry;
  readonly #send: (call: ServiceCall<unknown>, ask: Ask) => Promise<string>;
  readonly #flights = new Map<string, Flight>();

  constructor(cache: PartCache, telemetry: Telemetry, send: (call: ServiceCall<unknown>, ask: Ask) => Promise<string>) {
    this.#cache = cache;
    this.#telemetry = telemetry;
    this.#send = send;
  }

  /** The answer's text: kept, on its way, or asked for now. */
  async read(call: ServiceCall<unknown>, ask: Ask): Promise<string> {
    const key = keyOf(call, ask.context);
    const kept = await this.#cache.read(key);
    const { service, keep } = call.endpoint;
    if (kept && kept.ageMs < (keep?.freshMs ?? 0)) {
      this.#telemetry.serviceEvent(service, 'cache-hit');
      return kept.body;
    }
    const flight = this.#flights.get(key);
    if (flight) {
      this.#telemetry.serviceEvent(service, 'coalesced');
      return this.#board(flight, ask);
    }
    this.#telemetry.serviceEvent(service, 'cache-miss');
    return this.#board(this.#launch(key, call, ask), ask);
  }

  /** An older answer for a call that failed; undefined when none is young enough. */
  async stale(call: ServiceCall<unknown>, context: RequestContext): Promise<KeptAnswer | undefined> {
    const { keep } = call.endpoint;
    if (!keep) return undefined;
    const kept = await this.#cache.read(keyOf(call, context));
    return kept && kept.ageMs <= Math.max(keep.staleIfErrorMs, keep.freshMs) ? kept : undefined;
  }

  #launch(key: string, call: ServiceCall<unknown>, ask: Ask): Flight {
    const cancellation = new Cancellation();
    const text = this.#send(call, { ...ask, cancellation }).finally(() => this.#flights.delete(key));
    const flight = { text, cancellation, waiting: 0 };
    this.#flights.set(key, flight);
    const { freshMs = 0, staleIfErrorMs = 0 } = call.endpoint.keep ?? {};
    text.then((body) => this.#cache.write(key, body, Math.max(freshMs, staleIfErrorMs))).catch(() => {});
    return flight;
  }

  /** Waits for a flight without owning it: it is only given up when nobody waits any more. */
  #board(flight: Flight, ask: Ask): Promise<string> {
    flight.waiting++;
    return new Promise((resolve, reject) => {
      const leave: Cancellable = {
        cancel: (reason) => {
          if (--flight.waiting === 0) flight.cancellation.cancel(reason);
          reject(reason);
        },
      };
      ask.cancellation.add(leave);
      flight.text.then(resolve, reject).finally(() => ask.cancellation.delete(leave));
      if (flight.cancellation.cancelled) reject(flight.cancellation.reason ?? new PorticoError('SERVICE_UNAVAILABLE'));
    });
  }
}

/** Separates by everything that may change the answer: what is sent, and who asks where that matters. */
function keyOf(call: ServiceCall<unknown>, context: RequestContext): string {
  const { service, keep } = call.endpoint;
  const caller = keep?.by === 'everyone' ? '' : context.caller.key;
  return JSON.stringify([service, call.path, caller, call.headers ?? null]);
}
