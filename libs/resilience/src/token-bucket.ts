import type { Clock } from '@portico/core';

/** Allows `perSecond` takes a second on average, and as many at once (one at least, unless there are none at all). Starts full. */
export class TokenBucket {
  readonly #clock: Clock;
  readonly #perSecond: number;
  readonly #capacity: number;
  #tokens: number;
  #filledAt: number;

  constructor(perSecond: number, clock: Clock) {
    this.#clock = clock;
    this.#perSecond = perSecond;
    this.#capacity = perSecond > 0 ? Math.max(1, perSecond) : 0;
    this.#tokens = this.#capacity;
    this.#filledAt = clock.now();
  }

  /** Takes a token; false when there is none. */
  take(): boolean {
    const now = this.#clock.now();
    this.#tokens = Math.min(this.#capacity, this.#tokens + ((now - this.#filledAt) / 1_000) * this.#perSecond);
    this.#filledAt = now;
    if (this.#tokens < 1) return false;
    this.#tokens--;
    return true;
  }
}
