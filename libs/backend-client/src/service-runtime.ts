import type { CallSpan, Cancellation, Clock, Random, ServiceCredential, ServiceCredentials, ServiceLoad, Telemetry } from '@portico/core';
import { balancerByName, httpProbe, InstanceSet, InstanceSetOptions, staticInstances, type Balancer, type InstanceSource, type InstanceState } from '@portico/discovery';
import { compose, ResilienceOptions, resilienceStack, ServiceExecution, type Execution, type ResilienceSettings, type Strategy, type StrategyDependencies, type Work } from '@portico/resilience';
import { sendAdmitted } from './admitted-call.js';
import { AttemptLedger } from './attempt-ledger.js';
import { BreakerWatch } from './breaker-watch.js';
import { callHeaders } from './call-headers.js';
import type { Exchange } from './exchange.js';
import { HttpAttempt, type RawAnswer } from './http-attempt.js';
import { InstancePools, type PoolOptions } from './instance-pools.js';
import { retryAfterMs } from './retry-after.js';
import type { ServiceConfig } from './service.config.js';
import { resilienceOf, type ServiceLimits } from './service-limits.config.js';
import type { ServiceTokenConfig } from './service-token.config.js';
import { classifyFailure, refusedAs, RefusedAnswer, statusRefused, type ServiceError } from './service-error.js';
import { ServiceForwarder } from './service-forwarder.js';
import { troubledStatuses } from './troubled-statuses.js';

/** What a runtime needs from outside. */
export interface RuntimeDependencies {
  readonly clock: Clock;
  readonly random: Random;
  readonly telemetry: Telemetry;
  /** What lets calls in at services that take tokens. */
  readonly credentials?: ServiceCredentials | undefined;
}

/** Where a service's calls go, and what lets them in. */
export interface ServiceInstances {
  readonly source: InstanceSource;
  readonly balancer: Balancer;
  readonly options: InstanceSetOptions;
  readonly pools: Pick<PoolOptions, 'http2' | 'tls'>;
  readonly credential?: ServiceCredential | undefined;
}

/**
 * One service as this process knows it: its instances, their connections, and the resilience stack around every call.
 * Order: bulkhead, total timeout, retry, hedge, circuit breaker, attempt timeout; then the instance is picked and asked.
 */
export class ServiceRuntime {
  readonly name: string;
  readonly #config: ServiceLimits;
  readonly #deps: RuntimeDependencies;
  readonly #instances: InstanceSet;
  readonly #pools: InstancePools;
  readonly #ledger: AttemptLedger;
  readonly #strategyDeps: StrategyDependencies;
  readonly #strategies: readonly Strategy[];
  readonly #send: Work<Exchange, RawAnswer>;
  readonly #credential: ServiceCredential | undefined;
  readonly #breakers: BreakerWatch;
  #over = false;

  constructor(name: string, config: ServiceLimits, { source, balancer, options, pools, credential }: ServiceInstances, deps: RuntimeDependencies) {
    const { clock, random, telemetry } = deps;
    const onEvent = telemetry.serviceEvent.bind(telemetry, name);
    this.name = name;
    this.#config = config;
    this.#deps = deps;
    this.#credential = credential;
    this.#instances = new InstanceSet(source, balancer, options, { clock, random, onEvent, probe: httpProbe(clock, pools.tls) });
    this.#pools = new InstancePools({ ...config, ...pools });
    this.#ledger = new AttemptLedger(name, this.#instances, deps);
    this.#strategyDeps = { clock, random, classify: classifyFailure, onEvent };
    this.#strategies = resilienceStack(resilienceOf(config), this.#strategyDeps);
    this.#breakers = new BreakerWatch(clock);
    this.#breakers.add(this.#strategies);
    this.#send = compose(this.#strategies, (execution) => this.#attempt(execution));
  }

  /**
   * A service as the configuration declares it.
   * @param source who knows its instances; without one they are those that are listed
   */
  static of(name: string, config: ServiceConfig, deps: RuntimeDependencies, source: InstanceSource = staticInstances(config.instances)): ServiceRuntime {
    const balancer = balancerByName(config.balancer, deps);
    return new ServiceRuntime(name, config, { source, balancer, options: new InstanceSetOptions(), pools: {}, credential: credentialOf(config.token, deps) }, deps);
  }

  /**
   * Sends one request, with retries where they are safe.
   * @param dueAt monotonic moment by which the answer is needed
   * @throws PorticoError SERVICE_TIMEOUT, SERVICE_UNAVAILABLE, SERVICE_ANSWER_INVALID, or a code of the exchange's refusals; where the service takes tokens, as its credential does too
   */
  send(exchange: Exchange, facts: { dueAt: number; repeatable: boolean; cancellation: Cancellation }): Promise<RawAnswer> {
    const credential = this.#credential;
    const send = (): Promise<RawAnswer> => this.#send(new ServiceExecution(exchange, facts));
    if (!credential || exchange.headers?.['authorization'] !== undefined) return send();
    const context = exchange.forEveryone ? undefined : exchange.context;
    return sendAdmitted(exchange, { credential, clock: this.#deps.clock, context, limits: facts, again: true, send });
  }

  /**
   * Passes requests on to this service. For use at start.
   * @param settings a stack of its own with these settings over the service's; without them the stack is the one that all calls share
   * @throws RangeError that lists every setting out of range
   */
  forwarder(settings?: ResilienceSettings): ServiceForwarder {
    const strategies = settings ? resilienceStack(new ResilienceOptions(mergedSettings(resilienceOf(this.#config), settings)), this.#strategyDeps) : this.#strategies;
    if (settings) this.#breakers.add(strategies);
    return new ServiceForwarder(strategies, { service: this.name, ledger: this.#ledger, instances: this.#instances, pools: this.#pools, credential: this.#credential, clock: this.#deps.clock });
  }

  /** What is known about each instance. */
  instances(): readonly InstanceState[] {
    return this.#instances.states();
  }

  /** Whether it takes no calls any more. */
  get over(): boolean {
    return this.#over;
  }

  /** What its calls occupy right now. */
  load(): ServiceLoad {
    const now = this.#deps.clock.now();
    const states = this.#instances.states();
    const available = states.filter(({ healthy, ejectedUntil }) => healthy && ejectedUntil <= now).length;
    return { service: this.name, ...this.#pools.load(), instances: { available, leftOut: states.length - available }, breakers: this.#breakers.count() };
  }

  /** Ends every connection; calls that still run fail. */
  async close(): Promise<void> {
    this.#over = true;
    await this.#instances.close();
    await this.#pools.close();
  }

  /** Ends every connection as soon as the calls that still run have ended; takes no new ones. */
  async retire(): Promise<void> {
    this.#over = true;
    await this.#instances.close();
    await this.#pools.retire();
  }

  #attempt(execution: Execution<Exchange>): Promise<RawAnswer> {
    const { call } = execution;
    const attempt = new HttpAttempt(this.name, this.#config.maxBodyBytes, call);
    const send = (state: InstanceState, startedAt: number, span: CallSpan | undefined): void => {
      const leftMs = Math.min(execution.dueAt - startedAt, this.#config.attemptTimeoutMs);
      const headers = callHeaders(call.context, leftMs, call.body, call.headers, call.authorization, span);
      this.#pools.of(state).dispatch({ path: (state.instance.pathPrefix ?? '') + call.path, method: call.method, headers, body: call.body ?? null }, attempt);
    };
    return this.#ledger.run(execution, attempt, send, (answer) => this.#accept(answer, call));
  }

  #accept(answer: RawAnswer, call: Exchange): RawAnswer {
    const { status } = answer;
    call.unauthorized = status === 401;
    if (status >= 200 && status < 300) return answer;
    if (call.anyStatus) {
      if (!troubledStatuses.has(status)) return answer;
      throw new RefusedAnswer(this.#refusal(answer), answer);
    }
    const code = call.refusals[status];
    if (code) throw refusedAs(code, this.name, status);
    throw this.#refusal(answer);
  }

  #refusal({ status, fields }: RawAnswer): ServiceError {
    return statusRefused(this.name, status, retryAfterMs(fields.get('retry-after'), this.#deps.clock.epochMs()));
  }
}

/** What lets calls in at a service whose configuration says which token it takes. */
export function credentialOf(token: ServiceTokenConfig, { credentials }: RuntimeDependencies): ServiceCredential | undefined {
  return token.audience === '' ? undefined : credentials?.(token);
}

/** One section wins over the other setting by setting. */
function mergedSettings(base: ResilienceOptions, over: ResilienceSettings): ResilienceSettings {
  const names = ['bulkhead', 'totalTimeout', 'retry', 'hedge', 'circuitBreaker', 'attemptTimeout'] as const;
  return Object.fromEntries(names.flatMap((name) => (base[name] || over[name] ? [[name, { ...base[name], ...over[name] }]] : [])));
}
