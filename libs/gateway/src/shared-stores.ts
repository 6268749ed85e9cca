import { AnswerCache, createTextCache, MemoryRouteEntries, RedisNotedKeys, RedisRouteEntries, type NotedKeys, type RouteEntries, type SharedCacheOptions } from '@portico/caching';
import { systemClock } from '@portico/core';
import { MemoryThrottlerStorage, RedisThrottlerStorage, type CountingStorage } from '@portico/throttling';
import type { GatewayConfig } from './gateway.config.js';
import type { SharedState } from './identity/shared-state.js';

const clock = systemClock;

/** Where a gateway counts its requests and keeps its answers: together with its replicas where they share a Redis, else in this process. */
export interface SharedStores {
  readonly limits: CountingStorage;
  /** Texts: answers of operations, and what services answered. */
  readonly texts: ReturnType<typeof createTextCache>;
  readonly routes: RouteEntries;
  readonly idempotency: NotedKeys;
}

/**
 * Opens them.
 * @param gateway its name, which its replicas have, too
 * @throws Error when Redis cannot be asked now
 */
export async function openStores(gateway: string, { maxEntries, maxBytes }: GatewayConfig['cache'], { redis, reach }: Pick<SharedState, 'redis' | 'reach'>): Promise<SharedStores> {
  const bounds = { clock, maxEntries, maxBytes };
  const memory = new MemoryRouteEntries(bounds);
  if (!redis || !reach) {
    const texts = createTextCache(bounds);
    return { limits: new MemoryThrottlerStorage({ clock }), texts, routes: memory, idempotency: new AnswerCache(texts, clock) };
  }
  const shared: SharedCacheOptions = { redis, reach, gateway };
  return {
    limits: new RedisThrottlerStorage(redis, { clock, reach, gateway }),
    texts: createTextCache(bounds, shared),
    routes: await RedisRouteEntries.open(memory, clock, shared),
    idempotency: new RedisNotedKeys(clock, shared),
  };
}
