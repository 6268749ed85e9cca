import type { ServiceEvent } from '@portico/core';
import type { CircuitBreakerOptions } from './circuit-breaker.config.js';
import type { CircuitState, ClosedCircuit, HalfOpenCircuit } from './circuit-state.js';
import { ConsecutiveFailures } from './consecutive-failures.js';
import type { Execution, Work } from './execution.js';
import { FailureRatio } from './failure-ratio.js';
import type { OpeningRule } from './opening-rule.js';
import { isRefusal, Refusal } from './refusal.js';
import type { Strategy, StrategyDependencies } from './strategy.js';

/**
 * Leaves a failing service alone: refuses with `SERVICE_UNAVAILABLE` and `retry-after` while open, then lets exactly `halfOpenTrials` calls try.
 * All of them must succeed to close it; one failure opens it again. What says nothing about the service (the client left, nothing was sent)
 * counts neither way and gives its trial back. Changes are reported by event and need no timer.
 */
export class CircuitBreakerStrategy implements Strategy {
  readonly name = 'circuitBreaker';
  readonly #options: CircuitBreakerOptions;
  readonly #deps: Omit<StrategyDependencies, 'random'>;
  readonly #rule: OpeningRule;
  #state: CircuitState = { kind: 'closed' };

  /** @param rule when to open; by default what the options say. */
  constructor(options: CircuitBreakerOptions, deps: Omit<StrategyDependencies, 'random'>, rule: OpeningRule = ruleOf(options, deps)) {
    this.#options = options;
    this.#deps = deps;
    this.#rule = rule;
  }

  /** The state as of the last call: an open circuit whose time is over stays `open` until somebody calls. */
  get state(): Readonly<CircuitState> {
    return this.#state;
  }

  execute<Call, T>(execution: Execution<Call>, next: Work<Call, T>): Promise<T> {
    const admitted = this.#admit();
    const work = next(execution);
    // Beside the result, not between it and whoever waits for it: the circuit has changed before they go on.
    work.then(
      () => this.#succeeded(admitted),
      (error: unknown) => this.#rejected(admitted, error, execution),
    );
    return work;
  }

  #admit(): ClosedCircuit | HalfOpenCircuit {
    const state = this.#state.kind === 'open' ? this.#afterOpen(this.#state.until) : this.#state;
    if (state.kind === 'closed') return state;
    if (state.trialsLeft === 0) throw this.#refusal(0);
    state.trialsLeft--;
    return state;
  }

  #afterOpen(until: number): HalfOpenCircuit {
    const leftMs = until - this.#deps.clock.now();
    if (leftMs > 0) throw this.#refusal(leftMs);
    return this.#become({ kind: 'half-open', trialsLeft: this.#options.halfOpenTrials, succeeded: 0 }, 'breaker-half-opened');
  }

  #refusal(leftMs: number): Refusal {
    this.#deps.onEvent('breaker-refused');
    return new Refusal('circuitBreaker', leftMs);
  }

  #succeeded(admitted: CircuitState): void {
    if (admitted !== this.#state) return;
    if (admitted.kind === 'closed') this.#rule.succeeded();
    else if (admitted.kind === 'half-open' && ++admitted.succeeded === this.#options.halfOpenTrials) {
      this.#rule.reset();
      this.#become({ kind: 'closed' }, 'breaker-closed');
    }
  }

  #rejected(admitted: CircuitState, error: unknown, execution: Execution): void {
    if (admitted !== this.#state) return;
    const verdict = this.#verdict(error, execution);
    if (verdict === 'succeeded') this.#succeeded(admitted);
    else if (verdict === 'unknown') {
      if (admitted.kind === 'half-open') admitted.trialsLeft++;
    } else if (admitted.kind === 'half-open' || this.#rule.failed()) {
      this.#become({ kind: 'open', until: this.#deps.clock.now() + this.#options.openMs }, 'breaker-opened');
    }
  }

  #verdict(error: unknown, execution: Execution): 'succeeded' | 'failed' | 'unknown' {
    const { reason } = execution.cancellation;
    // Only a timeout is the service's own doing; whatever else gave the attempt up came from our side.
    if (isRefusal(error) || (reason && reason.code !== 'SERVICE_TIMEOUT')) return 'unknown';
    const failure = this.#deps.classify(error);
    if (failure.countsAgainstService) return 'failed';
    return failure.sent ? 'succeeded' : 'unknown';
  }

  #become<State extends CircuitState>(state: State, event: ServiceEvent): State {
    this.#state = state;
    this.#deps.onEvent(event);
    return state;
  }
}

function ruleOf(options: CircuitBreakerOptions, { clock }: Pick<StrategyDependencies, 'clock'>): OpeningRule {
  if (options.failureRatio === undefined) return new ConsecutiveFailures(options.failureThreshold);
  return new FailureRatio(options.failureRatio, options.minimumCalls, options.windowMs, clock);
}
