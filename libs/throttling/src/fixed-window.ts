import { wholeSeconds, type Allowance, type Counter, type LimiterKeys } from './counter.js';
import type { ThrottlerRecord } from './synchronous-throttler-storage.js';

/** Hits of one key in a window that begins with its first hit. Two windows that meet may let twice the limit through at their border. */
export class FixedWindow implements Counter {
  readonly algorithm = 'fixed';
  before: Counter | undefined = undefined;
  after: Counter | undefined = undefined;
  over = false;
  readonly owner: LimiterKeys;
  readonly key: string;
  #windowMs: number;
  #startedAt: number;
  #hits = 0;
  #blockedUntil = -Infinity;

  constructor(owner: LimiterKeys, key: string, windowMs: number, now: number) {
    this.owner = owner;
    this.key = key;
    this.#windowMs = windowMs;
    this.#startedAt = now;
  }

  ended(now: number): boolean {
    return now >= this.#startedAt + this.#windowMs && now >= this.#blockedUntil;
  }

  hit({ windowMs, limit, blockMs }: Allowance, now: number): ThrottlerRecord {
    if (now < this.#blockedUntil) return this.#refuse(limit, this.#blockedUntil - now, now);
    if (this.#blockedUntil > -Infinity || windowMs !== this.#windowMs || now >= this.#startedAt + this.#windowMs) this.#restart(windowMs, now);
    if (this.#hits >= limit) {
      if (blockMs > 0) this.#blockedUntil = now + blockMs;
      return this.#refuse(limit, blockMs > 0 ? blockMs : this.#startedAt + this.#windowMs - now, now);
    }
    this.#hits++;
    this.over = false;
    return { totalHits: this.#hits, timeToExpire: this.#timeToExpire(now), isBlocked: false, timeToBlockExpire: 0 };
  }

  #refuse(limit: number, waitMs: number, now: number): ThrottlerRecord {
    this.over = true;
    return { totalHits: limit + 1, timeToExpire: this.#timeToExpire(now), isBlocked: true, timeToBlockExpire: wholeSeconds(waitMs) };
  }

  #restart(windowMs: number, now: number): void {
    this.#windowMs = windowMs;
    this.#startedAt = now;
    this.#hits = 0;
    this.#blockedUntil = -Infinity;
  }

  #timeToExpire(now: number): number {
    return wholeSeconds(this.#startedAt + this.#windowMs - now);
  }
}
