import type { Cancellable, Clock, PorticoError, Timer } from '@portico/core';
import type { Execution } from './execution.js';
import { longestTimerMs } from './longest-timer.js';
import { Refusal } from './refusal.js';

/** A call that waits in a bulkhead's queue until it is admitted, given up, or out of time. */
export class QueuedCall implements Cancellable {
  readonly #queue: Set<QueuedCall>;
  readonly #execution: Execution;
  readonly #resolve: () => void;
  readonly #reject: (reason: PorticoError) => void;
  #timer: Timer | undefined = undefined;

  constructor(queue: Set<QueuedCall>, execution: Execution, resolve: () => void, reject: (reason: PorticoError) => void) {
    this.#queue = queue;
    this.#execution = execution;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  /** Enters the queue, for `leftMs` at most. */
  wait(clock: Clock, leftMs: number): void {
    this.#queue.add(this);
    this.#execution.cancellation.add(this);
    if (leftMs <= longestTimerMs) this.#timer = clock.schedule(() => this.cancel(new Refusal('deadline')), leftMs);
  }

  /** Leaves the queue to go on. */
  admit(): void {
    this.#leave();
    this.#resolve();
  }

  /** Leaves the queue for good. */
  cancel(reason: PorticoError): void {
    this.#leave();
    this.#reject(reason);
  }

  #leave(): void {
    this.#queue.delete(this);
    this.#timer?.cancel();
    this.#execution.cancellation.delete(this);
  }
}
