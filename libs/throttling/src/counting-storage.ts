import type { ThrottlerStorage } from '@nestjs/throttler';
import type { Awaitable } from '@portico/core';
import type { Counting } from './counting.js';

/** What a hit did, in the package's units: `timeToExpire` and `timeToBlockExpire` are whole seconds. */
export type ThrottlerRecord = Awaited<ReturnType<ThrottlerStorage['increment']>>;

/** A storage that counts in every way that the policies know, and without a promise where it need not wait; they prefer `hit` where a storage has it. */
export interface CountingStorage extends ThrottlerStorage {
  /** @param counting how the hits of this limiter are counted; by a sliding window when it is left out */
  hit(key: string, ttl: number, limit: number, blockDuration: number, throttlerName: string, counting?: Counting): Awaitable<ThrottlerRecord>;
}
