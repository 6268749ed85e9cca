import { wholeSeconds, type Allowance, type Counter, type LimiterKeys } from './counter.js';
import type { ThrottlerRecord } from './synchronous-throttler-storage.js';

// What a fraction of hits may be off by for being a floating-point number.
const rounding = 1e-9;

/**
 * Hits of one key in a sliding window: those of the running bucket, and of the bucket before it the share that still lies inside the window.
 * In the long run exactly the limit is let through; in the worst window one hit more.
 */
export class SlidingWindow implements Counter {
  readonly algorithm = 'sliding';
  before: Counter | undefined = undefined;
  after: Counter | undefined = undefined;
  over = false;
  readonly owner: LimiterKeys;
  readonly key: string;
  #windowMs: number;
  #startedAt: number;
  #current = 0;
  #previous = 0;
  #blockedUntil = -Infinity;

  constructor(owner: LimiterKeys, key: string, windowMs: number, now: number) {
    this.owner = owner;
    this.key = key;
    this.#windowMs = windowMs;
    this.#startedAt = now;
  }

  ended(now: number): boolean {
    return now >= this.#startedAt + 2 * this.#windowMs && now >= this.#blockedUntil;
  }

  hit({ windowMs, limit, blockMs }: Allowance, now: number): ThrottlerRecord {
    if (windowMs !== this.#windowMs) this.#restart(windowMs, now);
    if (now < this.#blockedUntil) return this.#refuse(limit, this.#blockedUntil - now, now);
    if (this.#blockedUntil > -Infinity) this.#restart(windowMs, now);
    this.#roll(now);
    const counted = this.#counted(now) + 1;
    if (counted > limit) {
      if (blockMs > 0) this.#blockedUntil = now + blockMs;
      return this.#refuse(limit, blockMs > 0 ? blockMs : this.#untilRoom(limit, now), now);
    }
    this.#current++;
    this.over = false;
    return { totalHits: counted, timeToExpire: this.#timeToExpire(now), isBlocked: false, timeToBlockExpire: 0 };
  }

  #refuse(limit: number, waitMs: number, now: number): ThrottlerRecord {
    this.over = true;
    return { totalHits: limit + 1, timeToExpire: this.#timeToExpire(now), isBlocked: true, timeToBlockExpire: wholeSeconds(waitMs) };
  }

  #restart(windowMs: number, now: number): void {
    this.#windowMs = windowMs;
    this.#startedAt = now;
    this.#current = 0;
    this.#previous = 0;
    this.#blockedUntil = -Infinity;
  }

  #roll(now: number): void {
    const elapsed = now - this.#startedAt;
    if (elapsed < this.#windowMs) return;
    if (elapsed < 2 * this.#windowMs) {
      this.#previous = this.#current;
      this.#startedAt += this.#windowMs;
    } else {
      this.#previous = 0;
      this.#startedAt = now;
    }
    this.#current = 0;
  }

  // The hit that is just leaving the window does not count: otherwise a limit of 1 would let through one hit in two windows.
  #counted(now: number): number {
    const faded = this.#previous * (1 - (now - this.#startedAt) / this.#windowMs);
    return faded > rounding ? Math.ceil(faded - rounding) - 1 + this.#current : this.#current;
  }

  // Solves for the moment at which one more hit fits: in this bucket, while the previous one fades, or at the start of the next.
  #untilRoom(limit: number, now: number): number {
    const elapsed = now - this.#startedAt;
    if (this.#current >= limit) return this.#windowMs - elapsed;
    return this.#windowMs * (1 - (limit - this.#current) / this.#previous) - elapsed;
  }

  #timeToExpire(now: number): number {
    return wholeSeconds(this.#startedAt + this.#windowMs - now);
  }
}
