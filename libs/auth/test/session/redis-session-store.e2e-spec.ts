import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ManualClock, realServer, type RealServer } from '@portico/core/testing';
import { openRedis, type RedisConnection } from '@portico/redis';
import { RedisLease } from '../../src/session/redis-lease.js';
import { RedisSessionStore } from '../../src/session/redis-session.store.js';
import { describeLease } from './lease.contract.js';
import { newSession } from './new-session.js';
import { describeSessionStore } from './session-store.contract.js';

const plan = realServer('redis');

describe.skipIf(plan.absent)(`on ${plan.title}`, () => {
  let server: RealServer;
  let redis: RedisConnection;

  beforeAll(async () => {
    server = await plan.start();
    redis = await openRedis(server.origin, { keyPrefix: 'sessions-test:' });
  });
  afterAll(async () => {
    await redis?.close();
    await server?.close();
  });

  describeSessionStore('RedisSessionStore', async () => {
    await redis.client.flushall();
    const clock = new ManualClock();
    return { store: new RedisSessionStore(redis, clock), clock };
  });

  describeLease('RedisLease', async () => {
    await redis.client.flushall();
    // Redis keeps its own time: nothing is waited for but the end of the lease itself.
    const pass = async (): Promise<void> => expect.poll(() => redis.client.exists('lease:a')).toBe(0);
    return { lease: new RedisLease(redis), other: new RedisLease(redis), pass };
  });

  it('shares sessions between replicas, and stores no id', async () => {
    await redis.client.flushall();
    const clock = new ManualClock();
    const id = await new RedisSessionStore(redis, clock).create(newSession(clock));
    expect(await new RedisSessionStore(redis, clock).read(id)).toMatchObject({ sub: 'alice' });
    expect((await redis.client.keys('*')).some((key) => key.includes(id))).toBe(false);
  });

  it('leaves nothing behind when sessions end', async () => {
    await redis.client.flushall();
    const clock = new ManualClock();
    const store = new RedisSessionStore(redis, clock);
    await store.delete(await store.create(newSession(clock)));
    await store.create(newSession(clock));
    await store.deleteBySubject('alice');
    expect(await redis.client.keys('*')).toEqual([]);
  });

  it('lets Redis end what nobody uses', async () => {
    await redis.client.flushall();
    const clock = new ManualClock();
    await new RedisSessionStore(redis, clock).create(newSession(clock));
    const keys = await redis.client.keys('*');
    expect(keys).toHaveLength(3);
    for (const key of keys) expect(await redis.client.pttl(key.slice('sessions-test:'.length))).toBeGreaterThan(1_700_000);
  });
});
