import { ManualClock, realServer, type RealServer } from '@portico/core/testing';
import { openRedis, type RedisConnection } from '@portico/redis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RedisKeyFailures } from './redis-key-failures.js';

const plan = realServer('redis');
const address = '192.0.2.1';

describe.skipIf(plan.absent)(`Failures counted in ${plan.title}`, () => {
  let server: RealServer;
  let connections: RedisConnection[];
  let faults: unknown[];
  let replicas: RedisKeyFailures[];
  let clock: ManualClock;
  let spaces = 0;

  beforeAll(async () => void (server = await plan.start()));
  afterAll(() => server.close());
  beforeEach(async () => {
    clock = new ManualClock();
    faults = [];
    const keyPrefix = `failures${++spaces}:`;
    connections = await Promise.all([1, 2].map(() => openRedis(server.origin, { keyPrefix })));
    replicas = await Promise.all(connections.map((redis) => RedisKeyFailures.open(redis, { clock, onFault: (fault) => faults.push(fault) })));
  });
  afterEach(async () => {
    await Promise.all(replicas.map((replica) => replica.close().catch(() => undefined)));
    await Promise.all(connections.map((redis) => redis.close()));
  });
  const replica = (index: number) => replicas[index] as RedisKeyFailures;

  it('are twenty for all replicas together, also when they come at once', async () => {
    const waits = await Promise.all(Array.from({ length: 100 }, (_, index) => replica(index % 2).count(address)));
    expect(waits.filter((waitMs) => waitMs === 0)).toHaveLength(20);
    for (const waitMs of waits) expect(waitMs).toBeLessThanOrEqual(60_000);
  });

  it('block an address on every replica, and only that one, for as long as it lasts', async () => {
    for (let index = 0; index < 20; index++) expect(await replica(0).count('2001:db8::1')).toBe(0);
    expect(replica(0).blockedMs('2001:db8::2')).toBeGreaterThan(0);
    await expect.poll(() => replica(1).blockedMs('2001:db8::3')).toBeGreaterThan(0);
    expect([replica(0).blockedMs(address), replica(1).blockedMs('2001:db8:0:1::1')]).toEqual([0, 0]);
    await clock.advance(60_000);
    expect([replica(0), replica(1)].map((one) => one.blockedMs('2001:db8::1'))).toEqual([0, 0]);
  });

  it('are known to a replica that starts later with the first of them', async () => {
    for (let index = 0; index < 20; index++) await replica(0).count(address);
    const missed: RedisConnection = { ...(connections[1] as RedisConnection), subscribe: async () => async () => {} };
    const late = await RedisKeyFailures.open(missed, { clock });
    expect(late.blockedMs(address)).toBe(0);
    expect(await late.count(address)).toBeGreaterThan(0);
    expect(late.blockedMs(address)).toBeGreaterThan(0);
    await late.close();
  });

  it('leave nothing in Redis after a window', async () => {
    await replica(0).count(address);
    const [redis] = connections;
    expect(await redis?.client.pttl(`api-key-failures:${address}`)).toBeGreaterThan(59_000);
  });

  it('are counted by each replica for itself while Redis is away', async () => {
    await server.kill();
    await expect.poll(() => connections[0]?.client.status).not.toBe('ready');
    const waits: number[] = [];
    for (let index = 0; index < 21; index++) waits.push(await replica(0).count(address));
    expect(waits).toEqual([...Array(20).fill(0), 60_000]);
    expect(replica(0).blockedMs(address)).toBe(60_000);
    expect(faults).toHaveLength(21);
    await server.restart();
  });
});
