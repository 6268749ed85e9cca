import type { Clock, Timer } from '@portico/core';

export interface NewestValuesOptions<T> {
  readonly clock: Clock;
  /** Least time between two deliveries, in ms. */
  readonly intervalMs: number;
  /** Takes the newest value of each key that has changed since the last delivery, those that changed first in front. */
  readonly deliver: (values: readonly T[]) => void;
}

/** Thins out a stream of values for clients that need no more than the newest of each: however fast they come, they are delivered at most once per interval, and none is lost but by a newer one. */
export class NewestValues<T> {
  readonly #options: NewestValuesOptions<T>;
  readonly #waiting = new Map<string, T>();
  #timer: Timer | undefined;
  #freeAt = -Infinity;

  constructor(options: NewestValuesOptions<T>) {
    this.#options = options;
  }

  put(key: string, value: T): void {
    this.#waiting.set(key, value);
    const { clock } = this.#options;
    this.#timer ??= clock.schedule(() => this.#deliver(), Math.max(0, this.#freeAt - clock.now()));
  }

  /** Ends it; what waits is dropped. */
  close(): void {
    this.#timer?.cancel();
    this.#waiting.clear();
  }

  #deliver(): void {
    const { clock, intervalMs, deliver } = this.#options;
    const values = [...this.#waiting.values()];
    this.#waiting.clear();
    this.#timer = undefined;
    this.#freeAt = clock.now() + intervalMs;
    deliver(values);
  }
}
