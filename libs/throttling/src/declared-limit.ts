import { THROTTLER_BLOCK_DURATION, THROTTLER_KEY_GENERATOR, THROTTLER_LIMIT, THROTTLER_SKIP, THROTTLER_TRACKER, THROTTLER_TTL } from '@nestjs/throttler/dist/throttler.constants.js';
import type { Endpoint } from '@portico/core';
import { assertRate, type Rate } from './rate.js';

/** Whether `@SkipThrottle()` takes `endpoint` out of the limiter `name`. */
export function skipsLimiter(endpoint: Endpoint, name: string): boolean {
  return endpoint.declared<boolean>(THROTTLER_SKIP + name) === true;
}

/**
 * The limit that `@Throttle({ [name]: { limit, ttl, blockDuration } })` declares for `endpoint`; undefined when none.
 * A value left out is that of `fallback`.
 * @throws TypeError for what needs Nest's execution context, which the pipeline runs before: functions as values, `getTracker`, `generateKey`
 */
export function declaredLimit(endpoint: Endpoint, name: string, fallback: Rate): Rate | undefined {
  const limit = numberOf(endpoint, THROTTLER_LIMIT + name);
  const windowMs = numberOf(endpoint, THROTTLER_TTL + name);
  const blockMs = numberOf(endpoint, THROTTLER_BLOCK_DURATION + name);
  for (const key of [THROTTLER_TRACKER + name, THROTTLER_KEY_GENERATOR + name]) {
    if (endpoint.declared(key) !== undefined) throw new TypeError(`${endpoint.name}: @Throttle() cannot choose its key here`);
  }
  if (limit === undefined && windowMs === undefined && blockMs === undefined) return undefined;
  return assertRate({ limit: limit ?? fallback.limit, windowMs: windowMs ?? fallback.windowMs, blockMs: blockMs ?? fallback.blockMs }, endpoint.name);
}

function numberOf(endpoint: Endpoint, key: string): number | undefined {
  const value = endpoint.declared<unknown>(key);
  if (value === undefined || typeof value === 'number') return value;
  throw new TypeError(`${endpoint.name}: @Throttle() takes numbers here`);
}
