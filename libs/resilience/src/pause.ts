import type { Cancellable, Cancellation, Clock, PorticoError, Timer } from '@portico/core';

class Pause implements Cancellable {
  readonly #timer: Timer;
  readonly #reject: (reason: PorticoError) => void;

  constructor(clock: Clock, delayMs: number, cancellation: Cancellation, resolve: () => void, reject: (reason: PorticoError) => void) {
    this.#reject = reject;
    this.#timer = clock.schedule(() => {
      cancellation.delete(this);
      resolve();
    }, delayMs);
    cancellation.add(this);
  }

  cancel(reason: PorticoError): void {
    this.#timer.cancel();
    this.#reject(reason);
  }
}

/** Waits for `delayMs`. Rejects with the reason as soon as `cancellation` is cancelled, and leaves neither timer nor member behind. */
export function pause(clock: Clock, delayMs: number, cancellation: Cancellation): Promise<void> {
  return new Promise((resolve, reject) => new Pause(clock, delayMs, cancellation, resolve, reject));
}
