import { Cancellation, type Caller, type Clock, type PartCache, type RequestContext, type ServiceCredentials, silentTelemetry, systemClock, type AttemptOutcome, type Random, type ServiceEvent, type Telemetry } from '@portico/core';
import { afterEach } from 'vitest';
import { BackendClient, ServiceConfig, type Ask } from '../src/index.js';

interface Closable {
  close(): Promise<unknown>;
}

const open: Closable[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

/** Closes a server or client when the test is over. */
export function closing<T extends Closable>(one: T): T {
  open.push(one);
  return one;
}

/** What a client told its telemetry. */
export class Heard implements Telemetry {
  readonly events: [service: string, event: ServiceEvent][] = [];
  readonly attempts: AttemptOutcome[] = [];
  readonly requestStarted = silentTelemetry.requestStarted;
  readonly requestFinished = silentTelemetry.requestFinished;
  readonly openSpan = silentTelemetry.openSpan;
  readonly partFinished = silentTelemetry.partFinished;
  readonly attemptFinished = (_: RequestContext | undefined, outcome: AttemptOutcome): void => void this.attempts.push(outcome);
  readonly serviceEvent = (service: string, event: ServiceEvent): void => void this.events.push([service, event]);

  count(event: ServiceEvent): number {
    return this.events.filter(([, heard]) => heard === event).length;
  }
}

export interface ClientOptions {
  readonly clock?: Clock;
  readonly random?: Random;
  readonly telemetry?: Telemetry;
  readonly cache?: PartCache;
  readonly credentials?: ServiceCredentials;
  readonly settled?: Promise<void>;
}

/** A client with one service, `shop`, at the given origins. One attempt each, with time enough for a busy machine, unless something else is said. */
export function clientOf(origins: string | readonly string[], settings: Partial<ServiceConfig> = {}, options: ClientOptions = {}): BackendClient {
  const config = Object.assign(new ServiceConfig(), { instances: [origins].flat(), maxAttempts: 1, attemptTimeoutMs: 10_000, totalTimeoutMs: 10_000 }, settings);
  return closing(new BackendClient({ shop: config }, { random: () => 0, ...options }));
}

/** Asks on behalf of `context`, with a cancellation of its own. */
export function askOf(context: RequestContext, timeMs = 10_000, clock: Clock = systemClock): Ask {
  return { context, dueAt: clock.now() + timeMs, cancellation: new Cancellation() };
}

/** What a promise is rejected with. */
export async function rejection(work: Promise<unknown>): Promise<Error> {
  return work.then(
    (value) => {
      throw new Error(`was not rejected, but brought ${JSON.stringify(value)}`);
    },
    (error: Error) => error,
  );
}

/** A promise, and what settles it. */
export function gate<T = void>(): { readonly opened: Promise<T>; open(value: T): void } {
  let open!: (value: T) => void;
  const opened = new Promise<T>((resolve) => (open = resolve));
  return { opened, open };
}

export function callerNamed(id: string): Caller {
  return { kind: 'user', id, clientId: 'test', scopes: new Set(), claims: {}, key: `user:${id}` };
}

/** A part cache in a map; `fails` makes it a bad one. */
export class MapCache implements PartCache {
  readonly kept = new Map<string, { body: string; at: number; endsAt: number }>();
  fails: 'no' | 'rejects' | 'throws' | 'hangs' = 'no';
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  read(key: string): Promise<{ body: string; ageMs: number } | undefined> {
    return this.#answer(() => {
      const found = this.kept.get(key);
      return found && found.endsAt > this.#clock.now() ? { body: found.body, ageMs: this.#clock.now() - found.at } : undefined;
    });
  }

  write(key: string, body: string, keepMs: number): Promise<void> {
    return this.#answer(() => void this.kept.set(key, { body, at: this.#clock.now(), endsAt: this.#clock.now() + keepMs }));
  }

  #answer<T>(work: () => T): Promise<T> {
    if (this.fails === 'throws') throw new Error('the cache is broken');
    if (this.fails === 'rejects') return Promise.reject(new Error('the cache is down'));
    if (this.fails === 'hangs') return new Promise(() => {});
    return Promise.resolve(work());
  }
}
