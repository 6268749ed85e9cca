import type { Clock } from '@portico/core';
import type { Execution, Work } from './execution.js';
import { Refusal } from './refusal.js';
import type { Strategy, StrategyDependencies } from './strategy.js';
import type { TotalTimeoutOptions } from './total-timeout.config.js';

/**
 * Bounds a call with all its attempts. The bound is a moment and no timer: it lowers the execution's `dueAt`, which every waiting place honours.
 * A call that is late already is refused with `SERVICE_TIMEOUT`.
 */
export class TotalTimeoutStrategy implements Strategy {
  readonly name = 'totalTimeout';
  readonly #timeoutMs: number;
  readonly #clock: Clock;

  constructor(options: TotalTimeoutOptions, deps: Pick<StrategyDependencies, 'clock'>) {
    this.#timeoutMs = options.timeoutMs;
    this.#clock = deps.clock;
  }

  execute<Call, T>(execution: Execution<Call>, next: Work<Call, T>): Promise<T> {
    const now = this.#clock.now();
    if (now >= execution.dueAt) return Promise.reject(new Refusal('deadline'));
    execution.dueAt = Math.min(execution.dueAt, now + this.#timeoutMs);
    return next(execution);
  }
}
