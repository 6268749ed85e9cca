import type { ManualClock, RealServer } from '@portico/core/testing';
import { openRedis, Reachability, type RedisConnection } from '@portico/redis';
import { expect } from 'vitest';
import type { SharedCacheOptions } from '../src/index.js';

/** What one replica of a test has of a Redis. */
export interface SharedOfReplica extends SharedCacheOptions {
  /** What was told of Redis: `away`, `back`. */
  readonly told: string[];
}

/** A connection for a replica of `gateway`, whose looks at a Redis that is away follow `clock`. */
export async function shareFor(server: RealServer, gateway: string, clock: ManualClock): Promise<SharedOfReplica> {
  const redis = await openRedis(server.origin);
  const told: string[] = [];
  return { redis, gateway, told, reach: new Reachability(redis, { clock, onAway: () => told.push('away'), onBack: () => told.push('back') }) };
}

/** Ends it. */
export async function endShare({ redis, reach }: SharedCacheOptions): Promise<void> {
  reach.close();
  await redis.close();
}

/** Starts Redis again, and waits until each of the replicas has noticed. */
export async function bringBack(server: RealServer, clock: ManualClock, replicas: readonly SharedOfReplica[]): Promise<void> {
  await server.restart();
  const ready = (redis: RedisConnection): boolean => redis.client.status === 'ready';
  await expect.poll(() => replicas.every(({ redis }) => ready(redis)), { timeout: 10_000 }).toBe(true);
  await clock.advance(500);
  await expect.poll(() => replicas.every(({ reach }) => !reach.away), { timeout: 10_000 }).toBe(true);
}
