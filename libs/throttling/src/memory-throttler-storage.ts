import type { Clock } from '@portico/core';
import { RecencyList } from './recency-list.js';
import { SlidingWindow } from './sliding-window.js';
import type { SynchronousThrottlerStorage, ThrottlerRecord } from './synchronous-throttler-storage.js';

export interface MemoryThrottlerStorageOptions {
  readonly clock: Clock;
  /** Most keys that are counted at a time, all limiters together; 100,000 by default. */
  readonly maxKeys?: number | undefined;
}

/**
 * Counts hits in this process by a sliding window of two buckets: constant time and memory per key, no timers.
 * When there are too many keys the least recently seen ones are forgotten, those that are over their limit last:
 * nobody frees himself by a flood of other keys.
 */
export class MemoryThrottlerStorage implements SynchronousThrottlerStorage {
  readonly #clock: Clock;
  readonly #maxKeys: number;
  readonly #byLimiter = new Map<string, Map<string, SlidingWindow>>();
  readonly #within = new RecencyList<SlidingWindow>();
  readonly #over = new RecencyList<SlidingWindow>();

  constructor(options: MemoryThrottlerStorageOptions) {
    this.#clock = options.clock;
    this.#maxKeys = options.maxKeys ?? 100_000;
  }

  /** Number of keys that are counted now. */
  get size(): number {
    return this.#within.size + this.#over.size;
  }

  /**
   * Counts one hit of `key` against `limit` hits in any `ttl` ms. A refused hit is not counted.
   * @param blockDuration ms for which a key that went over its limit stays refused; 0: until its window has room again
   * @param throttlerName limiter whose keys are counted apart
   */
  hit(key: string, ttl: number, limit: number, blockDuration: number, throttlerName: string): ThrottlerRecord {
    let windows = this.#byLimiter.get(throttlerName);
    if (!windows) this.#byLimiter.set(throttlerName, (windows = new Map()));
    const now = this.#clock.now();
    let window = windows.get(key);
    if (!window) {
      this.#makeRoom(now);
      windows.set(key, (window = new SlidingWindow(windows, key, ttl, now)));
      this.#within.append(window);
    }
    const wasOver = window.over;
    const record = window.hit(ttl, limit, blockDuration, now);
    (wasOver ? this.#over : this.#within).remove(window);
    (window.over ? this.#over : this.#within).append(window);
    return record;
  }

  /** The same as `hit`, as the package's interface has it. */
  async increment(key: string, ttl: number, limit: number, blockDuration: number, throttlerName: string): Promise<ThrottlerRecord> {
    return this.hit(key, ttl, limit, blockDuration, throttlerName);
  }

  // Two ended windows go for each new key, so that idle ones do not stay until the bound is reached.
  #makeRoom(now: number): void {
    this.#forgetEnded(this.#within, now);
    this.#forgetEnded(this.#over, now);
    if (this.size >= this.#maxKeys) this.#forget(this.#within.size > 0 ? this.#within : this.#over);
  }

  #forgetEnded(list: RecencyList<SlidingWindow>, now: number): void {
    if (list.first?.ended(now)) this.#forget(list);
  }

  #forget(list: RecencyList<SlidingWindow>): void {
    const window = list.first;
    if (!window) return;
    list.remove(window);
    window.owner.delete(window.key);
  }
}
