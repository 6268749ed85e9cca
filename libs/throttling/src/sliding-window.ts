import type { Allowance } from './counter.js';
import type { ThrottlerRecord } from './counting-storage.js';
import { WindowCounter } from './window-counter.js';

// What a fraction of hits may be off by for being a floating-point number.
const rounding = 1e-9;

/**
 * Hits of one key in a sliding window: those of the running bucket, and of the bucket before it the share that still lies inside the window.
 * In the long run exactly the limit is let through; in the worst window one hit more.
 */
export class SlidingWindow extends WindowCounter {
  readonly algorithm = 'sliding';
  #current = 0;
  #previous = 0;

  ended(now: number): boolean {
    return now >= this.startedAt + 2 * this.windowMs && now >= this.blockedUntil;
  }

  hit(allowance: Allowance, now: number): ThrottlerRecord {
    const { windowMs, limit } = allowance;
    if (windowMs !== this.windowMs) this.restart(windowMs, now);
    if (now < this.blockedUntil) return this.stayRefused(limit, this.blockedUntil - now, now);
    if (this.blockedUntil > -Infinity) this.restart(windowMs, now);
    this.#roll(now);
    const counted = this.#counted(now) + 1;
    if (counted > limit) return this.refuse(allowance, this.#untilRoom(limit, now), now);
    this.#current++;
    return this.admit(counted, now);
  }

  protected override restart(windowMs: number, now: number): void {
    super.restart(windowMs, now);
    this.#current = 0;
    this.#previous = 0;
  }

  #roll(now: number): void {
    const elapsed = now - this.startedAt;
    if (elapsed < this.windowMs) return;
    if (elapsed < 2 * this.windowMs) {
      this.#previous = this.#current;
      this.startedAt += this.windowMs;
    } else {
      this.#previous = 0;
      this.startedAt = now;
    }
    this.#current = 0;
  }

  // The hit that is just leaving the window does not count: otherwise a limit of 1 would let through one hit in two windows.
  #counted(now: number): number {
    const faded = this.#previous * (1 - (now - this.startedAt) / this.windowMs);
    return faded > rounding ? Math.ceil(faded - rounding) - 1 + this.#current : this.#current;
  }

  // Solves for the moment at which one more hit fits: in this bucket, while the previous one fades, or at the start of the next.
  #untilRoom(limit: number, now: number): number {
    const elapsed = now - this.startedAt;
    if (this.#current >= limit) return this.windowMs - elapsed;
    return this.windowMs * (1 - (limit - this.#current) / this.#previous) - elapsed;
  }
}
