import { wholeSeconds, type Allowance, type Counter, type LimiterKeys } from './counter.js';
import type { CountingAlgorithm } from './counting.js';
import type { ThrottlerRecord } from './counting-storage.js';

/** What the windows of one key have in common, however they count: when they began, and until when a key that went over is blocked. */
export abstract class WindowCounter implements Counter {
  abstract readonly algorithm: CountingAlgorithm;
  before: Counter | undefined = undefined;
  after: Counter | undefined = undefined;
  over = false;
  readonly owner: LimiterKeys;
  readonly key: string;
  protected windowMs: number;
  protected startedAt: number;
  protected blockedUntil = -Infinity;

  constructor(owner: LimiterKeys, key: string, windowMs: number, now: number) {
    this.owner = owner;
    this.key = key;
    this.windowMs = windowMs;
    this.startedAt = now;
  }

  abstract ended(now: number): boolean;
  abstract hit(allowance: Allowance, now: number): ThrottlerRecord;

  protected restart(windowMs: number, now: number): void {
    this.windowMs = windowMs;
    this.startedAt = now;
    this.blockedUntil = -Infinity;
  }

  protected admit(totalHits: number, now: number): ThrottlerRecord {
    this.over = false;
    return { totalHits, timeToExpire: this.#timeToExpire(now), isBlocked: false, timeToBlockExpire: 0 };
  }

  /** @param waitMs time until there is room again, unless the key is blocked for longer from now on */
  protected refuse({ limit, blockMs }: Allowance, waitMs: number, now: number): ThrottlerRecord {
    if (blockMs > 0) this.blockedUntil = now + blockMs;
    return this.stayRefused(limit, blockMs > 0 ? blockMs : waitMs, now);
  }

  protected stayRefused(limit: number, waitMs: number, now: number): ThrottlerRecord {
    this.over = true;
    return { totalHits: limit + 1, timeToExpire: this.#timeToExpire(now), isBlocked: true, timeToBlockExpire: wholeSeconds(waitMs) };
  }

  #timeToExpire(now: number): number {
    return wholeSeconds(this.startedAt + this.windowMs - now);
  }
}
