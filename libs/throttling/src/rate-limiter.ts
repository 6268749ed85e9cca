import type { ThrottlerStorage } from '@nestjs/throttler';
import type { Awaitable, Clock } from '@portico/core';
import type { CountingStorage, ThrottlerRecord } from './counting-storage.js';
import { slidingCounting, type Counting } from './counting.js';
import type { Rate } from './rate.js';

export interface RateLimiterOptions {
  readonly clock: Clock;
  /** Told whenever the storage fails or is too slow; the request goes on unlimited. */
  readonly onStorageFailed?: ((error: unknown, limiter: string) => void) | undefined;
  /** Longest wait for a storage that has the package's interface alone, in ms; 200 by default. */
  readonly storageTimeoutMs?: number | undefined;
}

/** Counts one hit of a key; undefined when the storage failed, and then nothing limits. */
export type CountHit = (key: string, limiter: string) => Awaitable<ThrottlerRecord | undefined>;

/** Counts hits for the limit policies. Fails open: a storage that is down must not take the gateway with it. */
export class RateLimiter {
  readonly #storage: ThrottlerStorage | CountingStorage;
  readonly #options: RateLimiterOptions;

  constructor(storage: ThrottlerStorage | CountingStorage, options: RateLimiterOptions) {
    this.#storage = storage;
    this.#options = options;
  }

  /** The clock of the gateway, for headers that name a moment. */
  get clock(): Clock {
    return this.#options.clock;
  }

  /**
   * Prepares counting against `rate`; without promises as far as the storage has `hit` and gives none. For use at start.
   * A storage without it counts windows in its own way.
   * @throws TypeError for a token bucket in such a storage
   */
  counter(rate: Rate): CountHit {
    const storage = this.#storage;
    const { limit, windowMs, blockMs = 0, algorithm = 'sliding', burst = 0 } = rate;
    if (!('hit' in storage)) {
      if (algorithm === 'token-bucket') throw new TypeError('The storage of the limits cannot keep a token bucket');
      return (key, limiter) => this.#inTime(async () => storage.increment(key, windowMs, limit, blockMs, limiter), limiter);
    }
    const counting: Counting = algorithm === 'sliding' ? slidingCounting : { algorithm, burst };
    return (key, limiter) => {
      try {
        const record = storage.hit(key, windowMs, limit, blockMs, limiter, counting);
        return record instanceof Promise ? record.catch((error: unknown) => this.#failed(error, limiter)) : record;
      } catch (error) {
        return this.#failed(error, limiter);
      }
    };
  }

  #failed(error: unknown, limiter: string): undefined {
    this.#options.onStorageFailed?.(error, limiter);
    return undefined;
  }

  #inTime(increment: () => Promise<ThrottlerRecord>, limiter: string): Promise<ThrottlerRecord | undefined> {
    return new Promise((resolve) => {
      const fail = (error: unknown) => {
        timer.cancel();
        this.#options.onStorageFailed?.(error, limiter);
        resolve(undefined);
      };
      const timeoutMs = this.#options.storageTimeoutMs ?? 200;
      const timer = this.#options.clock.schedule(() => fail(new Error(`The storage did not count within ${timeoutMs} ms`)), timeoutMs);
      increment().then((record) => {
        timer.cancel();
        resolve(record);
      }, fail);
    });
  }
}
