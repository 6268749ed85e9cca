import type { ThrottlerStorage } from '@nestjs/throttler';

/** What a hit did, in the package's units: `timeToExpire` and `timeToBlockExpire` are whole seconds. */
export type ThrottlerRecord = Awaited<ReturnType<ThrottlerStorage['increment']>>;

/** A storage that can count without waiting; the policies prefer `hit` where a storage has it. */
export interface SynchronousThrottlerStorage extends ThrottlerStorage {
  hit(key: string, ttl: number, limit: number, blockDuration: number, throttlerName: string): ThrottlerRecord;
}
