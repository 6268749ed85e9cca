import { isPorticoError, type Cancellation, type Clock, type PorticoError, type Random, type Telemetry } from '@portico/core';
import { balancerByName, EjectionOptions, InstanceSet, staticInstances, type InstanceState } from '@portico/discovery';
import { compose, resilienceStack, ServiceExecution, type Execution, type Work } from '@portico/resilience';
import { callHeaders } from './call-headers.js';
import type { Exchange } from './exchange.js';
import { HttpAttempt, type RawAnswer } from './http-attempt.js';
import { InstancePools } from './instance-pools.js';
import { retryAfterMs } from './retry-after.js';
import { resilienceOf, type ServiceConfig } from './service.config.js';
import { classifyFailure, connectionFailed, refusedAs, RefusedAnswer, statusRefused, type ServiceError } from './service-error.js';

/** Statuses that say a service is in trouble even to a client that takes any status as an answer; 500 may be a fault in the sense of SOAP. */
const troubled = new Set([429, 502, 503, 504]);

/** What a runtime needs from outside. */
export interface RuntimeDependencies {
  readonly clock: Clock;
  readonly random: Random;
  readonly telemetry: Telemetry;
}

/**
 * One service as this process knows it: its instances, their connections, and the resilience stack around every call.
 * Order: bulkhead, total timeout, retry, hedge, circuit breaker, attempt timeout; then the instance is picked and asked.
 */
export class ServiceRuntime {
  readonly name: string;
  readonly #config: ServiceConfig;
  readonly #deps: RuntimeDependencies;
  readonly #instances: InstanceSet;
  readonly #pools: InstancePools;
  readonly #send: Work<Exchange, RawAnswer>;

  constructor(name: string, config: ServiceConfig, deps: RuntimeDependencies) {
    const { clock, random, telemetry } = deps;
    const onEvent = telemetry.serviceEvent.bind(telemetry, name);
    this.name = name;
    this.#config = config;
    this.#deps = deps;
    this.#instances = new InstanceSet(staticInstances(config.instances), balancerByName(config.balancer), new EjectionOptions(), { clock, random, onEvent });
    this.#pools = new InstancePools(config);
    this.#send = compose(resilienceStack(resilienceOf(config), { clock, random, classify: classifyFailure, onEvent }), (execution) => this.#attempt(execution));
  }

  /**
   * Sends one request, with retries where they are safe.
   * @param dueAt monotonic moment by which the answer is needed
   * @throws PorticoError SERVICE_TIMEOUT, SERVICE_UNAVAILABLE, SERVICE_ANSWER_INVALID, or a code of the exchange's refusals
   */
  send(exchange: Exchange, facts: { dueAt: number; repeatable: boolean; cancellation: Cancellation }): Promise<RawAnswer> {
    return this.#send(new ServiceExecution(exchange, facts));
  }

  /** What is known about each instance. */
  instances(): readonly InstanceState[] {
    return this.#instances.states();
  }

  /** Ends every connection; calls that still run fail. */
  async close(): Promise<void> {
    await this.#instances.close();
    await this.#pools.close();
  }

  /** Ends every connection as soon as the calls that still run have ended; takes no new ones. */
  async retire(): Promise<void> {
    await this.#instances.close();
    await this.#pools.retire();
  }

  async #attempt(execution: Execution<Exchange>): Promise<RawAnswer> {
    const { call, cancellation } = execution;
    const { clock, telemetry } = this.#deps;
    const state = this.#instances.pick(call.instance);
    call.instance = state;
    const startedAt = clock.now();
    const attempt = new HttpAttempt(this.name, this.#config.maxBodyBytes, call);
    let error: unknown;
    this.#instances.started(state);
    cancellation.add(attempt);
    try {
      const leftMs = Math.min(execution.dueAt - startedAt, this.#config.attemptTimeoutMs);
      const headers = callHeaders(call.context, leftMs, call.body, call.headers);
      this.#pools.of(state).dispatch({ path: call.path, method: call.method, headers, body: call.body ?? null }, attempt);
      return this.#accept(await attempt.answer, call);
    } catch (caught) {
      error = isPorticoError(caught) ? caught : connectionFailed(this.name, caught as Error);
      throw error;
    } finally {
      cancellation.delete(attempt);
      const durationMs = clock.now() - startedAt;
      this.#instances.finished(state, { ok: error === undefined ? true : verdictOn(error, cancellation.reason), durationMs });
      telemetry.attemptFinished(call.context, { service: this.name, instance: state.instance.id, attempt: execution.attempt, status: attempt.status, durationMs, error });
    }
  }

  #accept(answer: RawAnswer, call: Exchange): RawAnswer {
    const { status } = answer;
    if (status >= 200 && status < 300) return answer;
    if (call.anyStatus) {
      if (!troubled.has(status)) return answer;
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

/** What a failed call says about the instance: nothing when it was given up from this side for anything but its slowness. */
function verdictOn(error: unknown, givenUp: PorticoError | undefined): boolean | undefined {
  if (givenUp && givenUp.code !== 'SERVICE_TIMEOUT') return undefined;
  const { countsAgainstService, sent } = classifyFailure(error);
  if (countsAgainstService) return false;
  return sent ? true : undefined;
}
