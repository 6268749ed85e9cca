import { isPorticoError, PorticoError, type Clock, type KeptAnswer, type PartCache, type RequestContext, type Telemetry } from '@portico/core';
import type { Ask } from './ask.js';
import { waitFor, type WaitLimits } from './bounded-wait.js';
import { Flight } from './flight.js';
import { keptKey } from './kept-key.js';
import type { ServiceCall } from './service-endpoint.js';

/** A cache that takes longer is a cache that misses: the call still needs its time. */
const cachePatienceMs = 50;

/**
 * Keeps answers of endpoints that declare it, and lets requests for the same thing at the same time share one call.
 * What is kept and shared is text: every reader parses its own copy. Only what its reader found good is kept.
 */
export class KeptAnswers {
  readonly #cache: PartCache;
  readonly #clock: Clock;
  readonly #telemetry: Telemetry;
  readonly #send: (call: ServiceCall<unknown>, ask: Ask) => Promise<string>;
  readonly #flights = new Map<string, Flight>();

  constructor(cache: PartCache, clock: Clock, telemetry: Telemetry, send: (call: ServiceCall<unknown>, ask: Ask) => Promise<string>) {
    this.#cache = cache;
    this.#clock = clock;
    this.#telemetry = telemetry;
    this.#send = send;
  }

  /** The answer: kept, on its way, or asked for now. */
  async read<T>(call: ServiceCall<T>, ask: Ask): Promise<T> {
    const key = keptKey(call, ask.context);
    const { service, keep, read } = call.endpoint;
    const kept = await this.#look(key, ask);
    if (kept && kept.ageMs < (keep?.freshMs ?? 0)) {
      const value = readable(call, kept);
      if (value) {
        this.#telemetry.serviceEvent(service, 'cache-hit');
        return value.value;
      }
    }
    const flight = this.#flights.get(key);
    this.#telemetry.serviceEvent(service, flight ? 'coalesced' : 'cache-miss');
    const { from, text } = flight ? await this.#follow(flight, key, call, ask) : await this.#lead(key, call, ask);
    const value = read(service, text);
    if (!from.kept) {
      from.kept = true;
      void this.#keep(key, text, Math.max(keep?.freshMs ?? 0, keep?.staleIfErrorMs ?? 0));
    }
    return value;
  }

  /** An older answer for a call that failed; undefined when none is young enough. */
  async stale<T>(call: ServiceCall<T>, context: RequestContext): Promise<{ value: T; ageMs: number } | undefined> {
    const { keep } = call.endpoint;
    if (!keep) return undefined;
    const kept = await this.#look(keptKey(call, context), { dueAt: Infinity, cancellation: context.cancellation });
    return kept && kept.ageMs <= Math.max(keep.staleIfErrorMs, keep.freshMs) ? readable(call, kept) : undefined;
  }

  async #look(key: string, { dueAt, cancellation }: WaitLimits): Promise<KeptAnswer | undefined> {
    if (cancellation.reason) throw cancellation.reason;
    try {
      return await waitFor(this.#cache.read(key), { dueAt: Math.min(dueAt, this.#clock.now() + cachePatienceMs), cancellation }, this.#clock);
    } catch {
      if (cancellation.reason) throw cancellation.reason;
      return undefined;
    }
  }

  async #keep(key: string, text: string, keepMs: number): Promise<void> {
    try {
      await this.#cache.write(key, text, keepMs);
    } catch {
      return;
    }
  }

  async #lead(key: string, call: ServiceCall<unknown>, ask: Ask): Promise<{ from: Flight; text: string }> {
    const flight = new Flight(ask.dueAt, (cancellation) => this.#send(call, { ...ask, cancellation }));
    this.#flights.set(key, flight);
    const ended = (): void => this.#forget(key, flight);
    flight.text.then(ended, ended);
    return { from: flight, text: await this.#board(flight, key, ask) };
  }

  /** A call made for somebody with less time may end too early: then whoever has more asks once more. */
  async #follow(flight: Flight, key: string, call: ServiceCall<unknown>, ask: Ask): Promise<{ from: Flight; text: string }> {
    try {
      return { from: flight, text: await this.#board(flight, key, ask) };
    } catch (error) {
      const early = ask.dueAt > flight.dueAt && isPorticoError(error) && error.code === 'SERVICE_TIMEOUT';
      if (!early || ask.cancellation.cancelled) throw error;
      const next = this.#flights.get(key);
      return next ? this.#follow(next, key, call, ask) : this.#lead(key, call, ask);
    }
  }

  /** Waits for a flight without owning it: it is only given up when nobody waits any more. */
  #board(flight: Flight, key: string, ask: Ask): Promise<string> {
    flight.waiting++;
    const onLeave = (reason: PorticoError): void => {
      if (--flight.waiting > 0) return;
      this.#forget(key, flight);
      flight.cancel(new PorticoError('CLIENT_CLOSED', { cause: reason }));
    };
    // The flight ends at its own due time; only a request with less time needs a timer.
    const dueAt = ask.dueAt < flight.dueAt ? ask.dueAt : Infinity;
    return waitFor(flight.text, { dueAt, cancellation: ask.cancellation, onLeave }, this.#clock);
  }

  #forget(key: string, flight: Flight): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
  }
}

/** What a kept answer reads as; undefined when it was kept by another version, or for other fields: as good as none. */
function readable<T>(call: ServiceCall<T>, kept: KeptAnswer): { value: T; ageMs: number } | undefined {
  try {
    return { value: call.endpoint.read(call.endpoint.service, kept.body), ageMs: kept.ageMs };
  } catch {
    return undefined;
  }
}
