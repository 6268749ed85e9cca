import { wholeSeconds, type Allowance, type Counter, type LimiterKeys } from './counter.js';
import type { ThrottlerRecord } from './counting-storage.js';

// What a fraction of a token may be off by for being a floating-point number.
const rounding = 1e-9;

/**
 * A bucket of tokens for one key, full at first: each hit takes one, and the limit flows back evenly over each window.
 * `totalHits` of its records is what the limit exceeds the tokens that are left by, and so below 0 in a bucket that holds more than the limit.
 */
export class TokenBucket implements Counter {
  readonly algorithm = 'token-bucket';
  before: Counter | undefined = undefined;
  after: Counter | undefined = undefined;
  over = false;
  readonly owner: LimiterKeys;
  readonly key: string;
  #tokens = Infinity;
  #countedAt: number;
  #fullAt = -Infinity;
  #blockedUntil = -Infinity;

  constructor(owner: LimiterKeys, key: string, now: number) {
    this.owner = owner;
    this.key = key;
    this.#countedAt = now;
  }

  ended(now: number): boolean {
    return now >= this.#fullAt && now >= this.#blockedUntil;
  }

  hit({ windowMs, limit, blockMs, burst }: Allowance, now: number): ThrottlerRecord {
    const capacity = burst || limit;
    const msPerToken = windowMs / limit;
    if (limit > 0) this.#tokens = Math.min(capacity, this.#tokens + (now - this.#countedAt) / msPerToken);
    else this.#tokens = 0;
    this.#countedAt = now;
    const blocked = now < this.#blockedUntil;
    const admitted = !blocked && this.#tokens + rounding >= 1;
    if (admitted) this.#tokens = Math.max(0, this.#tokens - 1);
    else if (!blocked && blockMs > 0) this.#blockedUntil = now + blockMs;
    this.over = !admitted;
    const untilFullMs = limit > 0 ? (capacity - this.#tokens) * msPerToken : windowMs;
    this.#fullAt = now + untilFullMs;
    if (admitted) return { totalHits: limit - Math.floor(this.#tokens + rounding), timeToExpire: wholeSeconds(untilFullMs), isBlocked: false, timeToBlockExpire: 0 };
    // A block does not stop the flow, so only a block shorter than one token's time leaves a wait after it.
    const untilTokenMs = limit > 0 ? (1 - this.#tokens) * msPerToken : windowMs;
    const waitMs = Math.max(this.#blockedUntil - now, untilTokenMs);
    return { totalHits: limit + 1, timeToExpire: wholeSeconds(untilFullMs), isBlocked: true, timeToBlockExpire: wholeSeconds(waitMs) };
  }
}
