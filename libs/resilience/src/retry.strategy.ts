import { AttemptBudget } from './attempt-budget.js';
import type { Execution, Work } from './execution.js';
import { pause } from './pause.js';
import { isRefusal } from './refusal.js';
import type { RetryOptions } from './retry.config.js';
import type { Strategy, StrategyDependencies } from './strategy.js';

/**
 * Repeats a failed attempt after an exponential wait with full jitter. Only when the failure may pass, the call may be repeated (or was never sent),
 * the whole wait fits before `dueAt`, and the service's budget has room; otherwise the last error is the result. Each attempt is a fork.
 */
export class RetryStrategy implements Strategy {
  readonly name = 'retry';
  readonly #options: RetryOptions;
  readonly #deps: StrategyDependencies;
  readonly #budget: AttemptBudget;

  constructor(options: RetryOptions, deps: StrategyDependencies) {
    this.#options = options;
    this.#deps = deps;
    this.#budget = new AttemptBudget(options.budgetPercent, options.minRetriesPerSecond, deps.clock);
  }

  execute<Call, T>(execution: Execution<Call>, next: Work<Call, T>): Promise<T> {
    const { reason } = execution.cancellation;
    if (reason) return Promise.reject(reason);
    this.#budget.callStarted();
    return this.#attempt(1, execution, next);
  }

  #attempt<Call, T>(attempt: number, execution: Execution<Call>, next: Work<Call, T>): Promise<T> {
    const fork = execution.fork(attempt);
    return next(fork).then(
      (value) => {
        fork.release();
        return value;
      },
      (error: unknown) => {
        fork.release();
        return this.#afterFailure(error, attempt, execution, next);
      },
    );
  }

  async #afterFailure<Call, T>(error: unknown, attempt: number, execution: Execution<Call>, next: Work<Call, T>): Promise<T> {
    const waitMs = this.#waitAfter(error, attempt, execution);
    if (waitMs === undefined) throw error;
    await pause(this.#deps.clock, waitMs, execution.cancellation);
    return this.#attempt(attempt + 1, execution, next);
  }

  /** How long to wait before the next attempt; undefined when there is to be none. */
  #waitAfter(error: unknown, attempt: number, execution: Execution): number | undefined {
    if (attempt >= this.#options.maxAttempts || execution.cancellation.cancelled || isRefusal(error)) return undefined;
    const failure = this.#deps.classify(error);
    if (!failure.retryable || (failure.sent && !execution.repeatable)) return undefined;
    const ceilingMs = Math.min(this.#options.maxDelayMs, this.#options.baseDelayMs * 2 ** (attempt - 1));
    const waitMs = Math.max(this.#deps.random() * ceilingMs, failure.retryAfterMs ?? 0);
    if (this.#deps.clock.now() + waitMs >= execution.dueAt) return undefined;
    if (!this.#budget.take()) {
      this.#deps.onEvent('retry-budget-empty');
      return undefined;
    }
    this.#deps.onEvent('retried');
    return waitMs;
  }
}
