import type { Clock } from '@portico/core';
import { SlidingWindow } from './sliding-window.js';
import { TokenBucket } from './token-bucket.js';

const windowMs = 10_000;

/**
 * Bounds the attempts beyond the first of each call, so that retries and hedges cannot multiply the load on a service in trouble:
 * `percent` of the calls of the last 10 seconds, and `perSecond` besides.
 */
export class AttemptBudget {
  readonly #percent: number;
  // Marked are the attempts that the calls of the window pay for; those paid by the bucket are not.
  readonly #window: SlidingWindow;
  readonly #bucket: TokenBucket;

  constructor(percent: number, perSecond: number, clock: Clock) {
    this.#percent = percent;
    this.#window = new SlidingWindow(windowMs, clock);
    this.#bucket = new TokenBucket(perSecond, clock);
  }

  /** Counts a call. */
  callStarted(): void {
    this.#window.add();
  }

  /** Takes one more attempt from the budget; false when it is empty. */
  take(): boolean {
    this.#window.roll();
    // In whole hundredths: 20 % of 5 calls must be 1, not 0.9999.
    if ((this.#window.marked + 1) * 100 > this.#window.count * this.#percent) return this.#bucket.take();
    this.#window.mark();
    return true;
  }
}
