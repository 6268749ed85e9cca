import { Module, type DynamicModule } from '@nestjs/common';
import { getStorageToken, ThrottlerModule, type ThrottlerModuleOptions, type ThrottlerStorage } from '@nestjs/throttler';
import { systemClock, type Clock } from '@portico/core';
import { MemoryThrottlerStorage } from './memory-throttler-storage.js';
import { RateLimiter, type RateLimiterOptions } from './rate-limiter.js';

/** What `ThrottlerModule.forRoot()` takes as an object, and what the policies need besides. */
export type ThrottlingModuleOptions = Partial<Exclude<ThrottlerModuleOptions, readonly unknown[]>> &
  Omit<RateLimiterOptions, 'clock'> & {
    /** The machine's clock by default. */
    readonly clock?: Clock | undefined;
  };

/**
 * Provides the limit policies with their `RateLimiter`, over the package's own module: its storage is the one of `options`,
 * by default a `MemoryThrottlerStorage`, and a team that wants the package's guard on one handler finds it configured alike.
 */
@Module({})
export class ThrottlingModule {
  static forRoot(options: ThrottlingModuleOptions = {}): DynamicModule {
    const { clock = systemClock, onStorageFailed, storageTimeoutMs, ...rest } = options;
    const throttler = ThrottlerModule.forRoot({ ...rest, throttlers: rest.throttlers ?? [], storage: rest.storage ?? new MemoryThrottlerStorage({ clock }) });
    return {
      module: ThrottlingModule,
      imports: [throttler],
      providers: [
        {
          provide: RateLimiter,
          inject: [getStorageToken()],
          useFactory: (storage: ThrottlerStorage) => new RateLimiter(storage, { clock, onStorageFailed, storageTimeoutMs }),
        },
      ],
      exports: [RateLimiter],
    };
  }
}
