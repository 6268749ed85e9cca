import { BackendClient, ServiceConfig, type BackendClientDependencies } from '@portico/backend-client';
import { silentTelemetry, systemClock, type Clock, type PartCache, type PartOutcome, type RequestContext, type Telemetry } from '@portico/core';
import { startFakeService, testContext, type FakeHandler, type FakeService } from '@portico/core/testing';
import { afterEach } from 'vitest';

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

/** A promise, and what settles it. */
export function gate<T = void>(): { readonly opened: Promise<T>; open(value: T): void } {
  let open!: (value: T) => void;
  const opened = new Promise<T>((resolve) => (open = resolve));
  return { opened, open };
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

/** How the parts of a request ended. */
export class Ended implements Telemetry {
  readonly parts: PartOutcome[] = [];
  readonly requestStarted = silentTelemetry.requestStarted;
  readonly requestFinished = silentTelemetry.requestFinished;
  readonly openSpan = silentTelemetry.openSpan;
  readonly attemptFinished = silentTelemetry.attemptFinished;
  readonly serviceEvent = silentTelemetry.serviceEvent;
  readonly partFinished = (_: RequestContext, outcome: PartOutcome): void => void this.parts.push(outcome);

  /** Results by part. */
  get results(): Record<string, string> {
    return Object.fromEntries(this.parts.map(({ part, result }) => [part, result]));
  }
}

/** A part cache in a map that keeps for ever; ages by the clock. */
export class MapCache implements PartCache {
  readonly #kept = new Map<string, { body: string; at: number }>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async read(key: string): Promise<{ body: string; ageMs: number } | undefined> {
    const found = this.#kept.get(key);
    return found && { body: found.body, ageMs: this.#clock.now() - found.at };
  }

  async write(key: string, body: string): Promise<void> {
    this.#kept.set(key, { body, at: this.#clock.now() });
  }
}

/** A request context whose cancellation counts what hangs on it. */
export function watchedContext(facts: Parameters<typeof testContext>[0] = {}): { context: RequestContext; hanging: () => number } {
  const context = testContext({ deadlineMs: 10_000, ...facts });
  const members = new Set<unknown>();
  const { cancellation } = context;
  const add = cancellation.add.bind(cancellation);
  const remove = cancellation.delete.bind(cancellation);
  cancellation.add = (member) => (members.add(member), add(member));
  cancellation.delete = (member) => (members.delete(member), remove(member));
  return { context, hanging: () => members.size };
}

export type Services<Name extends string> = Readonly<Record<Name, FakeService>>;

/** Little services that run for one test, and a client that knows them by name. One attempt each, no breaker in the way. */
export async function startServices<Name extends string>(
  handlers: Readonly<Record<Name, FakeHandler>>,
  options: { clock?: Clock; cache?: PartCache; settings?: Partial<ServiceConfig> } = {},
): Promise<{ services: Services<Name>; client: BackendClient }> {
  const { clock = systemClock, cache, settings } = options;
  const services = {} as Record<Name, FakeService>;
  const configs: Record<string, ServiceConfig> = {};
  for (const name of Object.keys(handlers) as Name[]) {
    services[name] = closing(await startFakeService(handlers[name]));
    const quiet = { maxAttempts: 1, breakerFailures: 1_000, attemptTimeoutMs: 60_000, totalTimeoutMs: 60_000 };
    configs[name] = Object.assign(new ServiceConfig(), { instances: [services[name].origin] }, quiet, settings);
  }
  const deps: BackendClientDependencies = { clock, random: () => 0, cache };
  return { services, client: closing(new BackendClient(configs, deps)) };
}
