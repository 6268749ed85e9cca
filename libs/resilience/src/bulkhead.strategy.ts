import type { Clock, ServiceEvent } from '@portico/core';
import type { BulkheadOptions } from './bulkhead.config.js';
import type { Execution, Work } from './execution.js';
import { QueuedCall } from './queued-call.js';
import { Refusal } from './refusal.js';
import type { Strategy, StrategyDependencies } from './strategy.js';

/**
 * Keeps one slow service from holding everything: so many calls at once, so many more in a queue, the rest refused with `SERVICE_UNAVAILABLE`.
 * A queued call leaves when its time is over (`SERVICE_TIMEOUT`) or when it is given up (the reason).
 */
export class BulkheadStrategy implements Strategy {
  readonly name = 'bulkhead';
  readonly #maxConcurrent: number;
  readonly #maxQueued: number;
  readonly #clock: Clock;
  readonly #onEvent: (event: ServiceEvent) => void;
  // A set keeps the order of arrival, and whoever gives up leaves from the middle at no cost.
  readonly #queue = new Set<QueuedCall>();
  #active = 0;

  constructor(options: BulkheadOptions, deps: Pick<StrategyDependencies, 'clock' | 'onEvent'>) {
    this.#maxConcurrent = options.maxConcurrent;
    this.#maxQueued = options.maxQueued;
    this.#clock = deps.clock;
    this.#onEvent = deps.onEvent;
  }

  /** Calls under way. */
  get active(): number {
    return this.#active;
  }

  /** Calls that wait for a place. */
  get queued(): number {
    return this.#queue.size;
  }

  execute<Call, T>(execution: Execution<Call>, next: Work<Call, T>): Promise<T> {
    if (this.#active >= this.#maxConcurrent) return this.#queueUp(execution).then(() => this.#run(execution, next));
    this.#active++;
    return this.#run(execution, next);
  }

  #run<Call, T>(execution: Execution<Call>, next: Work<Call, T>): Promise<T> {
    const work = next(execution);
    // Beside the result, not between it and whoever waits for it: the place is free before they go on.
    work.then(this.#leave, this.#leave);
    return work;
  }

  #queueUp(execution: Execution): Promise<void> {
    const { reason } = execution.cancellation;
    if (reason) throw reason;
    const leftMs = execution.dueAt - this.#clock.now();
    if (leftMs <= 0) throw new Refusal('deadline');
    if (this.#queue.size >= this.#maxQueued) {
      this.#onEvent('bulkhead-refused');
      throw new Refusal('bulkhead');
    }
    return new Promise((resolve, reject) => new QueuedCall(this.#queue, execution, resolve, reject).wait(this.#clock, leftMs));
  }

  // The place goes straight to the first in the queue: nobody who comes later can take it.
  readonly #leave = (): void => {
    for (const first of this.#queue) return first.admit();
    this.#active--;
  };
}
