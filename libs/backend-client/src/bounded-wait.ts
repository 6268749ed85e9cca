import { PorticoError, type Cancellable, type Cancellation, type Clock, type Timer } from '@portico/core';

/** Beyond this a platform timer fires at once. */
const longestTimerMs = 2_147_483_647;

/** How long to wait, and what to do on leaving before the end. */
export interface WaitLimits {
  /** Monotonic moment at which the wait ends with SERVICE_TIMEOUT; `Infinity` for never. */
  readonly dueAt: number;
  readonly cancellation: Cancellation;
  /** Called when the wait ends before the work does. */
  readonly onLeave?: (reason: PorticoError) => void;
}

class BoundedWait<T> implements Cancellable {
  readonly #limits: WaitLimits;
  readonly #resolve: (value: T) => void;
  readonly #reject: (reason: unknown) => void;
  #timer: Timer | undefined = undefined;

  constructor(limits: WaitLimits, resolve: (value: T) => void, reject: (reason: unknown) => void) {
    this.#limits = limits;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  start(work: Promise<T>, clock: Clock): void {
    const { dueAt, cancellation } = this.#limits;
    if (dueAt < Infinity) {
      const leftMs = dueAt - clock.now();
      if (leftMs <= longestTimerMs) this.#timer = clock.schedule(() => this.#expire(), Math.max(0, leftMs));
    }
    work.then(
      (value) => {
        this.#end();
        this.#resolve(value);
      },
      (error: unknown) => {
        this.#end();
        this.#reject(error);
      },
    );
    cancellation.add(this);
  }

  cancel(reason: PorticoError): void {
    this.#timer?.cancel();
    this.#reject(reason);
    this.#limits.onLeave?.(reason);
  }

  #expire(): void {
    this.#limits.cancellation.delete(this);
    this.cancel(new PorticoError('SERVICE_TIMEOUT'));
  }

  #end(): void {
    this.#timer?.cancel();
    this.#limits.cancellation.delete(this);
  }
}

/**
 * Waits for work that may not keep to its time. Settles once: with the work, when it is due, or when the wait is given up;
 * leaves neither a timer nor a member behind.
 * @throws PorticoError SERVICE_TIMEOUT, or the reason of the cancellation
 */
export function waitFor<T>(work: Promise<T>, limits: WaitLimits, clock: Clock): Promise<T> {
  return new Promise((resolve, reject) => new BoundedWait<T>(limits, resolve, reject).start(work, clock));
}
