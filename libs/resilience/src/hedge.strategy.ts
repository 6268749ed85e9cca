import type { Clock, ServiceEvent } from '@portico/core';
import { AttemptBudget } from './attempt-budget.js';
import type { Execution, Work } from './execution.js';
import type { HedgeOptions } from './hedge.config.js';
import { HedgedCall, type HedgeOwner } from './hedged-call.js';
import { QuantileEstimate } from './quantile-estimate.js';
import type { Strategy, StrategyDependencies } from './strategy.js';

/**
 * Cuts the tail of the latency: an attempt that takes unusually long gets a rival, the first success wins and the loser is cancelled.
 * Only for repeatable calls. The rival's `attempt` is one higher. An attempt that fails before it has a rival is left to the retry.
 */
export class HedgeStrategy implements Strategy, HedgeOwner {
  readonly name = 'hedge';
  readonly #delayMs: number | 'p95';
  readonly #clock: Clock;
  readonly #onEvent: (event: ServiceEvent) => void;
  readonly #budget: AttemptBudget;
  readonly #latency = new QuantileEstimate(0.95);

  constructor(options: HedgeOptions, deps: Pick<StrategyDependencies, 'clock' | 'onEvent'>) {
    this.#delayMs = options.delayMs;
    this.#clock = deps.clock;
    this.#onEvent = deps.onEvent;
    this.#budget = new AttemptBudget(options.budgetPercent, 0, deps.clock);
  }

  execute<Call, T>(execution: Execution<Call>, next: Work<Call, T>): Promise<T> {
    const { reason } = execution.cancellation;
    if (reason) return Promise.reject(reason);
    if (!execution.repeatable) return next(execution);
    this.#budget.callStarted();
    return new HedgedCall(execution, next, this, this.#clock).start(this.#delayMs === 'p95' ? this.#latency.value : this.#delayMs);
  }

  /** @internal */
  mayHedge(): boolean {
    if (!this.#budget.take()) return false;
    this.#onEvent('hedged');
    return true;
  }

  /** @internal */
  observed(durationMs: number): void {
    this.#latency.add(durationMs);
  }
}
