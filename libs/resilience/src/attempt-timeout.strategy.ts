import type { Clock } from '@portico/core';
import type { AttemptTimeoutOptions } from './attempt-timeout.config.js';
import type { Execution, Work } from './execution.js';
import { Refusal } from './refusal.js';
import type { Strategy, StrategyDependencies } from './strategy.js';
import { TimedAttempt } from './timed-attempt.js';

/**
 * Bounds one attempt: cancels the execution, which aborts the work, and rejects with `SERVICE_TIMEOUT` without waiting for the work to notice.
 * Stands inside the retry, whose forks it cancels; the request itself is never cancelled by it.
 */
export class AttemptTimeoutStrategy implements Strategy {
  readonly name = 'attemptTimeout';
  readonly #timeoutMs: number;
  readonly #clock: Clock;

  constructor(options: AttemptTimeoutOptions, deps: Pick<StrategyDependencies, 'clock'>) {
    this.#timeoutMs = options.timeoutMs;
    this.#clock = deps.clock;
  }

  execute<Call, T>(execution: Execution<Call>, next: Work<Call, T>): Promise<T> {
    const { reason } = execution.cancellation;
    if (reason) return Promise.reject(reason);
    const leftMs = execution.dueAt - this.#clock.now();
    if (leftMs <= 0) return Promise.reject(new Refusal('deadline'));
    const timeoutMs = Math.min(this.#timeoutMs, leftMs);
    return new Promise((resolve, reject) => new TimedAttempt<Call, T>(execution, resolve, reject).start(this.#clock, timeoutMs, next));
  }
}
