import type { Clock } from '@portico/core';
import type { Allowance, Counter, LimiterKeys, Shelf } from './counter.js';
import { slidingCounting, type Counting, type CountingAlgorithm } from './counting.js';
import { FixedWindow } from './fixed-window.js';
import { RecencyList } from './recency-list.js';
import { SlidingWindow } from './sliding-window.js';
import type { CountingStorage, ThrottlerRecord } from './counting-storage.js';
import { TokenBucket } from './token-bucket.js';

export interface MemoryThrottlerStorageOptions {
  readonly clock: Clock;
  /** Most keys that are counted at a time, all limiters together; 100,000 by default. */
  readonly maxKeys?: number | undefined;
}

const longWindowMs = 3_600_000;

/**
 * Counts hits in this process, by a sliding window of two buckets unless it is told otherwise: constant time and memory per key, no timers.
 * When there are too many keys the least recently seen ones are forgotten, those that are over their limit last:
 * nobody frees himself by a flood of other keys.
 */
export class MemoryThrottlerStorage implements CountingStorage {
  readonly #clock: Clock;
  readonly #maxKeys: number;
  readonly #byLimiter = new Map<string, LimiterKeys>();
  // Apart, because only the head of a list is looked at: an idle quota there would keep ended seconds behind it from being forgotten.
  readonly #short: Shelf = { within: new RecencyList(), over: new RecencyList() };
  readonly #long: Shelf = { within: new RecencyList(), over: new RecencyList() };
  // One for all hits: no counter keeps it.
  readonly #allowance: { -readonly [K in keyof Allowance]: Allowance[K] } = { windowMs: 0, limit: 0, blockMs: 0, burst: 0 };

  constructor(options: MemoryThrottlerStorageOptions) {
    this.#clock = options.clock;
    this.#maxKeys = options.maxKeys ?? 100_000;
  }

  /** Number of keys that are counted now. */
  get size(): number {
    return this.#short.within.size + this.#short.over.size + this.#long.within.size + this.#long.over.size;
  }

  /**
   * Counts one hit of `key` against `limit` hits in any `ttl` ms. A refused hit is not counted.
   * @param blockDuration ms for which a key that went over its limit stays refused; 0: until its window has room again
   * @param throttlerName limiter whose keys are counted apart
   * @param counting how the limiter counts; a key that was counted otherwise begins anew
   */
  hit(key: string, ttl: number, limit: number, blockDuration: number, throttlerName: string, counting: Counting = slidingCounting): ThrottlerRecord {
    const now = this.#clock.now();
    const counter = this.#counterOf(key, throttlerName, counting, ttl, now);
    const wasOver = counter.over;
    const allowance = this.#allowance;
    allowance.windowMs = ttl;
    allowance.limit = limit;
    allowance.blockMs = blockDuration;
    allowance.burst = counting.burst;
    const record = counter.hit(allowance, now);
    const { within, over } = counter.owner.shelf;
    (wasOver ? over : within).remove(counter);
    (counter.over ? over : within).append(counter);
    return record;
  }

  /** The same as `hit`, as the package's interface has it. */
  async increment(key: string, ttl: number, limit: number, blockDuration: number, throttlerName: string): Promise<ThrottlerRecord> {
    return this.hit(key, ttl, limit, blockDuration, throttlerName);
  }

  #counterOf(key: string, limiter: string, { algorithm }: Counting, windowMs: number, now: number): Counter {
    const known = this.#byLimiter.get(limiter)?.counters.get(key);
    if (known?.algorithm === algorithm) return known;
    if (known) this.#forget(known);
    this.#makeRoom(now);
    // Only now: making room may have dropped the limiter with its last key.
    let owner = this.#byLimiter.get(limiter);
    if (!owner) this.#byLimiter.set(limiter, (owner = { name: limiter, counters: new Map(), shelf: windowMs > longWindowMs ? this.#long : this.#short }));
    const counter = newCounter(algorithm, owner, key, windowMs, now);
    owner.counters.set(key, counter);
    owner.shelf.within.append(counter);
    return counter;
  }

  // As many ended counters as there are lists go for each new key, so that idle ones do not stay until the bound is reached.
  #makeRoom(now: number): void {
    for (const { within, over } of [this.#short, this.#long]) {
      if (within.first?.ended(now)) this.#forget(within.first);
      if (over.first?.ended(now)) this.#forget(over.first);
    }
    if (this.size < this.#maxKeys) return;
    const { first } = larger(this.#short.within, this.#long.within);
    this.#forget(first ?? (larger(this.#short.over, this.#long.over).first as Counter));
  }

  #forget(counter: Counter): void {
    const { owner, key } = counter;
    (counter.over ? owner.shelf.over : owner.shelf.within).remove(counter);
    owner.counters.delete(key);
    if (owner.counters.size === 0) this.#byLimiter.delete(owner.name);
  }
}

// A flood of one kind of keys pushes out its own kind.
function larger(a: RecencyList<Counter>, b: RecencyList<Counter>): RecencyList<Counter> {
  return a.size >= b.size ? a : b;
}

function newCounter(algorithm: CountingAlgorithm, owner: LimiterKeys, key: string, windowMs: number, now: number): Counter {
  switch (algorithm) {
    case 'sliding':
      return new SlidingWindow(owner, key, windowMs, now);
    case 'fixed':
      return new FixedWindow(owner, key, windowMs, now);
    case 'token-bucket':
      return new TokenBucket(owner, key, now);
  }
}
