import { isPorticoError, PorticoError, silentTelemetry, systemClock, systemRandom, type Clock, type PartCache, type Random, type RequestContext, type Telemetry } from '@portico/core';
import type { Exchange } from './exchange.js';
import type { RawAnswer } from './http-attempt.js';
import { KeptAnswers, type Ask } from './kept-answers.js';
import { readNothing } from './read-model.js';
import { brokenAnswer, invalidAnswer } from './service-error.js';
import type { ServiceCall } from './service-endpoint.js';
import type { ServiceTask } from './service-task.js';
import { ServiceConfig } from './service.config.js';
import { ServiceRuntime, type RuntimeDependencies } from './service-runtime.js';

export interface BackendClientDependencies {
  readonly clock?: Clock;
  readonly random?: Random;
  readonly telemetry?: Telemetry;
  /** Where answers of endpoints with `keep` stay; without one every call goes to the service. */
  readonly cache?: PartCache | undefined;
}

/** Calls services: discovered, balanced, retried within the deadline, and read as each endpoint declares. */
export class BackendClient {
  readonly clock: Clock;
  readonly #services: ReadonlyMap<string, ServiceRuntime>;
  readonly #origins = new Map<string, ServiceRuntime>();
  readonly #deps: RuntimeDependencies;
  readonly #kept: KeptAnswers | undefined;

  /** @param services configuration of each service by name */
  constructor(services: Readonly<Record<string, ServiceConfig>>, deps: BackendClientDependencies = {}) {
    const { clock = systemClock, random = systemRandom, telemetry = silentTelemetry, cache } = deps;
    this.clock = clock;
    this.#deps = { clock, random, telemetry };
    this.#services = new Map(Object.entries(services).map(([name, config]) => [name, new ServiceRuntime(name, config, this.#deps)]));
    this.#kept = cache && new KeptAnswers(cache, telemetry, async (call, ask) => textOf(await this.#ask(call, ask), call));
  }

  /**
   * Makes one call.
   * @throws PorticoError SERVICE_TIMEOUT, SERVICE_UNAVAILABLE, SERVICE_ANSWER_INVALID, or the code that the endpoint has for the status
   */
  async run<T>(call: ServiceCall<T> | ServiceTask<T>, ask: Ask): Promise<T> {
    if ('run' in call) return runTask(call, ask);
    const { endpoint } = call;
    if (endpoint.keep && this.#kept) return endpoint.read(endpoint.service, await this.#kept.read(call, ask));
    const answer = await this.#ask(call, ask);
    return endpoint.read(endpoint.service, textOf(answer, call));
  }

  /** What an earlier call brought, if its endpoint keeps answers and one is young enough to stand in for a failed call. */
  async stale<T>(call: ServiceCall<T> | ServiceTask<T>, context: RequestContext): Promise<{ value: T; ageMs: number } | undefined> {
    if ('run' in call) return undefined;
    const kept = await this.#kept?.stale(call, context);
    return kept && { value: call.endpoint.read(call.endpoint.service, kept.body), ageMs: kept.ageMs };
  }

  /**
   * The runtime of a service.
   * @throws PorticoError INTERNAL when no such service is configured
   */
  service(name: string): ServiceRuntime {
    const runtime = this.#services.get(name);
    if (!runtime) throw new PorticoError('INTERNAL', { cause: new Error(`No service is configured under the name ${name}`) });
    return runtime;
  }

  /** A stack of its own for an origin that is no configured service, as a token issuer's. At most 32, then the oldest is closed. */
  origin(origin: string): ServiceRuntime {
    const known = this.#origins.get(origin);
    if (known) return known;
    const [oldest] = this.#origins;
    if (oldest && this.#origins.size >= 32) {
      this.#origins.delete(oldest[0]);
      void oldest[1].close();
    }
    const runtime = new ServiceRuntime(new URL(origin).host, Object.assign(new ServiceConfig(), { instances: [origin] }), this.#deps);
    this.#origins.set(origin, runtime);
    return runtime;
  }

  /** Names of the configured services. */
  get names(): readonly string[] {
    return [...this.#services.keys()];
  }

  /** Ends every connection. */
  async close(): Promise<void> {
    await Promise.all([...this.#services.values(), ...this.#origins.values()].map((runtime) => runtime.close()));
  }

  #ask(call: ServiceCall<unknown>, ask: Ask): Promise<RawAnswer> {
    const { endpoint, path, body, headers } = call;
    const exchange: Exchange = {
      method: endpoint.method,
      path,
      body,
      headers,
      refusals: endpoint.refusals,
      anyStatus: false,
      context: ask.context,
      instance: undefined,
    };
    return this.service(endpoint.service).send(exchange, { dueAt: ask.dueAt, repeatable: endpoint.repeatable, cancellation: ask.cancellation });
  }
}

async function runTask<T>(task: ServiceTask<T>, ask: Ask): Promise<T> {
  try {
    return await task.run(ask);
  } catch (error) {
    const known = [error, (error as Error | undefined)?.cause].find(isPorticoError);
    throw known ?? brokenAnswer(task.service, 'failed', error);
  }
}

const jsonType = /^application\/(?:[\w.+-]+\+)?json\b/i;

function textOf(answer: RawAnswer, call: ServiceCall<unknown>): string {
  const { endpoint } = call;
  if (endpoint.read === readNothing) return '';
  const type = answer.headers['content-type'];
  if (typeof type === 'string' && jsonType.test(type)) return answer.body.toString('utf8');
  throw invalidAnswer(endpoint.service, `answered with ${String(type ?? 'no content type')} instead of JSON`);
}
