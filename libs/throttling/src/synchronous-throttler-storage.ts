import type { ThrottlerStorage } from '@nestjs/throttler';
import type { Counting } from './counting.js';

/** What a hit did, in the package's units: `timeToExpire` and `timeToBlockExpire` are whole seconds. */
export type ThrottlerRecord = Awaited<ReturnType<ThrottlerStorage['increment']>>;

/** A storage that can count without waiting; the policies prefer `hit` where a storage has it. */
export interface SynchronousThrottlerStorage extends ThrottlerStorage {
  /** @param counting how the hits of this limiter are counted; by a sliding window when it is left out */
  hit(key: string, ttl: number, limit: number, blockDuration: number, throttlerName: string, counting?: Counting): ThrottlerRecord;
}
