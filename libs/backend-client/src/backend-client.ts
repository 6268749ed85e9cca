import { PorticoError, silentTelemetry, systemClock, systemRandom, type Clock, type PartCache, type Random, type RequestContext, type ServiceCredentials, type ServiceLoad, type Telemetry } from '@portico/core';
import type { InstanceSource } from '@portico/discovery';
import type { Ask } from './ask.js';
import { EventFollower, type EventListener } from './event-follower.js';
import type { Exchange } from './exchange.js';
import type { RawAnswer } from './http-attempt.js';
import { jsonTextOf } from './json-text.js';
import { KeptAnswers } from './kept-answers.js';
import { OriginRuntimes } from './origin-runtimes.js';
import { runTask } from './run-task.js';
import type { ServiceCall } from './service-endpoint.js';
import type { ServiceEvents } from './service-events.js';
import type { ServiceTask } from './service-task.js';
import { openService } from './open-service.js';
import type { ServiceConfig } from './service.config.js';
import type { ServiceEntry } from './service-entry.config.js';
import { ServiceRuntime, type RuntimeDependencies } from './service-runtime.js';

export interface BackendClientDependencies {
  readonly clock?: Clock;
  readonly random?: Random;
  readonly telemetry?: Telemetry;
  /** Where answers of endpoints with `keep` stay; without one every call goes to the service. */
  readonly cache?: PartCache | undefined;
  /** What lets its calls in at services that take tokens; without it, calls carry none. */
  readonly credentials?: ServiceCredentials | undefined;
  /** Who knows the instances of services, by their names, where that is not their list. Closed with the client. */
  readonly sources?: ReadonlyMap<string, InstanceSource> | undefined;
  /** When streams of events are asked for first; at once by default. */
  readonly settled?: Promise<void> | undefined;
}

/** Streams of events have a stack of their own, so that one which cannot be had opens no circuit for calls; they are asked for again at their own pace. */
const ownStack = { retry: { maxAttempts: 1 } };

/** Calls services: discovered, balanced, retried within the deadline, and read as each endpoint declares. */
export class BackendClient {
  readonly clock: Clock;
  readonly #deps: RuntimeDependencies;
  readonly #settled: Promise<void> | undefined;
  readonly #services: ReadonlyMap<string, ServiceRuntime>;
  readonly #origins: OriginRuntimes;
  readonly #kept: KeptAnswers | undefined;
  /** Services that others opened, until they have ended. */
  #opened: readonly ServiceRuntime[] = [];
  readonly #followers = new Set<{ close(): void }>();

  /** @param services configuration of each service by name */
  constructor(services: Readonly<Record<string, ServiceConfig>>, deps: BackendClientDependencies = {}) {
    const { clock = systemClock, random = systemRandom, telemetry = silentTelemetry, cache, credentials, sources, settled } = deps;
    const runtimeDeps: RuntimeDependencies = { clock, random, telemetry, credentials };
    this.clock = clock;
    this.#deps = runtimeDeps;
    this.#settled = settled;
    this.#services = new Map(Object.entries(services).map(([name, config]) => [name, ServiceRuntime.of(name, config, runtimeDeps, sources?.get(name))]));
    this.#origins = new OriginRuntimes(runtimeDeps);
    this.#kept = cache && new KeptAnswers(cache, clock, telemetry, async (call, ask) => jsonTextOf(await this.#ask(call, ask), call));
  }

  /**
   * Makes one call.
   * @throws PorticoError SERVICE_TIMEOUT, SERVICE_UNAVAILABLE, SERVICE_ANSWER_INVALID, or the code that the endpoint has for the status
   */
  run<T>(call: ServiceCall<T> | ServiceTask<T>, ask: Ask): Promise<T> {
    if ('run' in call) return runTask(call, ask, this.clock);
    const { endpoint } = call;
    if (endpoint.keep && this.#kept) return this.#kept.read(call, ask);
    return this.#ask(call, ask).then((answer) => endpoint.read(endpoint.service, jsonTextOf(answer, call)));
  }

  /** What an earlier call brought, if its endpoint keeps answers and one is young enough to stand in for a failed call. */
  async stale<T>(call: ServiceCall<T> | ServiceTask<T>, context: RequestContext): Promise<{ value: T; ageMs: number } | undefined> {
    return 'run' in call ? undefined : this.#kept?.stale(call, context);
  }

  /**
   * Follows a stream of events until it is closed, or this client is: one that ends or fails is asked for again, from the last event on. It is asked for in the gateway's own name.
   * @throws PorticoError INTERNAL when no such service is configured
   */
  follow<T>(events: ServiceEvents<T>, listener: EventListener<T>): { close(): void } {
    const { clock, random } = this.#deps;
    const follower = new EventFollower(events, listener, { forwarder: this.service(events.service).forwarder(ownStack), clock, random, settled: this.#settled });
    this.#followers.add(follower);
    return {
      close: () => {
        this.#followers.delete(follower);
        follower.close();
      },
    };
  }

  /**
   * The runtime of a service.
   * @throws PorticoError INTERNAL when no such service is configured
   */
  service(name: string): ServiceRuntime {
    const runtime = this.#services.get(name);
    if (!runtime) throw unknownService(name);
    return runtime;
  }

  /**
   * A stack of its own for an origin that is no configured service, as a token issuer's.
   * At most 32: then the one not used for longest ends, after its calls.
   */
  origin(origin: string): ServiceRuntime {
    return this.#origins.of(origin);
  }

  /**
   * Opens a service that the configuration of this client does not have; whoever opens it closes it.
   * @param onError told of what its registry does wrong, each message at most once a minute
   * @throws Error when the entry cannot be used
   */
  async open(name: string, entry: ServiceEntry, onError: (error: Error) => void): Promise<ServiceRuntime> {
    const runtime = await openService(name, entry, this.#deps, onError);
    this.#opened = [...this.#opened.filter(({ over }) => !over), runtime];
    return runtime;
  }

  /** What the calls to each service occupy right now; a name stands twice while its service is replaced. */
  loads(): ServiceLoad[] {
    return [...this.#services.values(), ...this.#opened.filter(({ over }) => !over)].map((runtime) => runtime.load());
  }

  /** Names of the configured services. */
  get names(): readonly string[] {
    return [...this.#services.keys()];
  }

  /** Ends every connection. */
  async close(): Promise<void> {
    for (const follower of this.#followers) follower.close();
    await Promise.all([...this.#services.values(), this.#origins].map((open) => open.close()));
  }

  #ask(call: ServiceCall<unknown>, ask: Ask): Promise<RawAnswer> {
    const { endpoint, path, body, headers } = call;
    const runtime = this.#services.get(endpoint.service);
    if (!runtime) return Promise.reject(unknownService(endpoint.service));
    const exchange: Exchange = {
      method: endpoint.method,
      template: endpoint.template,
      path,
      body,
      headers,
      refusals: endpoint.refusals,
      anyStatus: false,
      forEveryone: endpoint.keep?.by === 'everyone',
      authorization: undefined,
      unauthorized: false,
      context: ask.context,
      span: ask.span,
      instance: undefined,
    };
    return runtime.send(exchange, { dueAt: ask.dueAt, repeatable: endpoint.repeatable, cancellation: ask.cancellation });
  }
}

function unknownService(name: string): PorticoError {
  return new PorticoError('INTERNAL', { cause: new Error(`No service is configured under the name ${name}`) });
}
