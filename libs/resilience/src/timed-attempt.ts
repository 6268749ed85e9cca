import { PorticoError, type Cancellable, type Clock, type Timer } from '@portico/core';
import type { Execution, Work } from './execution.js';

/** One attempt under a timer. Settles once: with the work, when time is over, or when the attempt is given up. */
export class TimedAttempt<Call, T> implements Cancellable {
  readonly #execution: Execution<Call>;
  readonly #resolve: (value: T) => void;
  readonly #reject: (reason: unknown) => void;
  #timer: Timer | undefined = undefined;

  constructor(execution: Execution<Call>, resolve: (value: T) => void, reject: (reason: unknown) => void) {
    this.#execution = execution;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  start(clock: Clock, timeoutMs: number, next: Work<Call, T>): void {
    // First on the cancellation, so that its reason settles the attempt, and not whatever the aborted work makes of it.
    this.#execution.cancellation.add(this);
    this.#timer = clock.schedule(() => this.#execution.cancellation.cancel(new PorticoError('SERVICE_TIMEOUT')), timeoutMs);
    next(this.#execution).then(
      (value) => {
        this.#leave();
        this.#resolve(value);
      },
      (error: unknown) => {
        this.#leave();
        this.#reject(error);
      },
    );
  }

  cancel(reason: PorticoError): void {
    this.#timer?.cancel();
    this.#reject(reason);
  }

  #leave(): void {
    this.#timer?.cancel();
    this.#execution.cancellation.delete(this);
  }
}
