export { SkipThrottle, Throttle } from '@nestjs/throttler';
export { addressRateLimit } from './address-rate-limit.policy.js';
export { callerRateLimit } from './caller-rate-limit.policy.js';
export { MemoryThrottlerStorage, type MemoryThrottlerStorageOptions } from './memory-throttler-storage.js';
export type { RateLimit } from './rate-limit.js';
export { RateLimiter, type RateLimiterOptions } from './rate-limiter.js';
export type { SynchronousThrottlerStorage, ThrottlerRecord } from './synchronous-throttler-storage.js';
export { ThrottlingModule, type ThrottlingModuleOptions } from './throttling.module.js';
