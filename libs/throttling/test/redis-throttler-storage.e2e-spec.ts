import { ManualClock, realServer, type RealServer } from '@portico/core/testing';
import { openRedis, Reachability, type RedisConnection } from '@portico/redis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RedisThrottlerStorage, type ThrottlerRecord } from '../src/index.js';
import { countingCases } from './counting-cases.js';

const plan = realServer('redis');
const clockOfRedis = "redis.call('TIME')";

/** The same Redis, whose clock is that of a test, and in which nothing ends before that does. */
function atTimeOf(clock: ManualClock, redis: RedisConnection): Pick<RedisConnection, 'script'> {
  return {
    script: (lua) => {
      if (!lua.includes(clockOfRedis)) throw new Error('The script does not ask Redis for the time');
      const run = redis.script(lua.replaceAll(clockOfRedis, '{ ARGV[#ARGV - 1], ARGV[#ARGV] }').replace("'PX', ", "'PX', '3600' .. "));
      return (keys, args) => run(keys, [...args, Math.floor(clock.epochMs() / 1_000), (clock.epochMs() % 1_000) * 1_000]);
    },
  };
}

describe.skipIf(plan.absent)(`Hits counted in ${plan.title}`, () => {
  let server: RealServer;
  let connections: [RedisConnection, RedisConnection];
  let spaces = 0;

  beforeAll(async () => {
    server = await plan.start();
    connections = [await openRedis(server.origin), await openRedis(server.origin)];
  });
  afterAll(async () => {
    await Promise.all((connections ?? []).map((redis) => redis.close()));
    await server?.close();
  });

  countingCases((clock) => new RedisThrottlerStorage(atTimeOf(clock, connections[0]), { clock, reach: new Reachability(connections[0], { clock }), gateway: `cases${++spaces}` }));

  it.each(['sliding', 'fixed', 'token-bucket'] as const)('by %s begin anew when the clock of Redis is set back', async (algorithm) => {
    const gateway = `clock${++spaces}`;
    const at = (epochMs: number) => {
      const clock = new ManualClock(epochMs);
      const storage = new RedisThrottlerStorage(atTimeOf(clock, connections[0]), { clock, reach: new Reachability(connections[0], { clock }), gateway });
      return async () => storage.hit('k', 60_000, 2, 0, 'caller', { algorithm, burst: 0 });
    };
    const [late, early] = [at(1_800_000_000_000), at(1_700_000_000_000)];
    for (let index = 0; index < 3; index++) await late();
    expect(await early()).toMatchObject({ totalHits: 1, isBlocked: false });
    expect(await early()).toMatchObject({ totalHits: 2, isBlocked: false });
    expect(await early()).toMatchObject({ isBlocked: true });
  });

  describe('of two replicas', () => {
    let clock: ManualClock;
    let told: string[];
    let reaches: Reachability[];
    let replicas: RedisThrottlerStorage[];

    beforeEach(() => {
      clock = new ManualClock();
      told = [];
      spaces++;
      reaches = connections.map((redis) => new Reachability(redis, { clock, onAway: () => told.push('away'), onBack: () => told.push('back') }));
      replicas = connections.map((redis, index) => new RedisThrottlerStorage(redis, { clock, reach: reaches[index] as Reachability, gateway: `replicas${spaces}` }));
    });
    afterEach(() => reaches.forEach((reach) => reach.close()));

    type Algorithm = 'sliding' | 'fixed' | 'token-bucket';
    const hit = (replica: number, limit: number, algorithm: Algorithm = 'sliding', { blockMs = 0, windowMs = 60_000 } = {}) =>
      (replicas[replica] as RedisThrottlerStorage).hit('k', windowMs, limit, blockMs, 'caller', { algorithm, burst: 0 });
    const through = (records: readonly ThrottlerRecord[]): number => records.filter(({ isBlocked }) => !isBlocked).length;

    it.each(['sliding', 'fixed', 'token-bucket'] as const)('let exactly the limit through by %s when they come all at once', async (algorithm) => {
      const records = await Promise.all(Array.from({ length: 200 }, (_, index) => hit(index % 2, 100, algorithm, { windowMs: 3_600_000 })));
      expect(through(records)).toBe(100);
      expect(new Set(records.filter(({ isBlocked }) => !isBlocked).map(({ totalHits }) => totalHits)).size).toBe(100);
    });

    it.each(['sliding', 'fixed', 'token-bucket'] as const)('are one count by %s, and a block at one is a block at the other', async (algorithm) => {
      const both = (replica: number) => hit(replica, 2, algorithm, { blockMs: 90_000 });
      expect([await both(0), await both(1)].map(({ totalHits }) => totalHits)).toEqual([1, 2]);
      const refused = await both(0);
      expect(refused).toMatchObject({ totalHits: 3, isBlocked: true, timeToBlockExpire: 90 });
      const there = await both(1);
      expect(there).toMatchObject({ totalHits: 3, isBlocked: true });
      // A second may have begun in between.
      expect(there.timeToBlockExpire).toBeGreaterThanOrEqual(85);
      expect(refused.timeToExpire - there.timeToExpire).toBeLessThanOrEqual(5);
    });

    it('are asked for once: who is refused is refused without asking again', async () => {
      await hit(0, 1);
      expect(hit(0, 1)).toBeInstanceOf(Promise);
      await hit(0, 1);
      expect(hit(0, 1)).toMatchObject({ isBlocked: true, timeToBlockExpire: 60 });
      await clock.advance(30_500);
      expect(hit(0, 1)).toMatchObject({ isBlocked: true, timeToBlockExpire: 30 });
      await clock.advance(29_500);
      expect(hit(0, 1)).toBeInstanceOf(Promise);
    });

    it.each(['sliding', 'fixed', 'token-bucket'] as const)('leave nothing behind by %s once they count no more', async (algorithm) => {
      await hit(0, 3, algorithm);
      await hit(0, 3, algorithm);
      const [redis] = connections;
      const keys = await redis.client.keys(`portico:limit:replicas${spaces}:*`);
      const left = await redis.client.pttl((keys[0] as string).replace('portico:', ''));
      const longest = { sliding: 120_000, fixed: 60_000, 'token-bucket': 40_000 }[algorithm];
      expect(keys).toHaveLength(1);
      expect(left).toBeGreaterThan(longest - 15_000);
      expect(left).toBeLessThanOrEqual(longest);
    });

    it('go on in memory at once while Redis is away, each replica for itself, and in Redis when it is back', async () => {
      expect(through([await hit(0, 2), await hit(1, 2)])).toBe(2);
      await server.kill();
      expect(through([await hit(0, 2), await hit(0, 2), await hit(1, 2)])).toBe(3);
      expect(reaches.map(({ away }) => away)).toEqual([true, true]);
      // Not a promise: nobody waits, and nobody asks.
      expect(hit(0, 2)).toMatchObject({ isBlocked: true, totalHits: 3 });
      expect(hit(1, 2)).toMatchObject({ isBlocked: false, totalHits: 2 });
      await clock.advance(499);
      expect(told).toEqual(['away', 'away']);
      await server.restart();
      await expect.poll(() => connections.map(({ client }) => client.status), { timeout: 10_000 }).toEqual(['ready', 'ready']);
      await clock.advance(1);
      await expect.poll(() => told, { timeout: 10_000 }).toEqual(['away', 'away', 'back', 'back']);
      const counted = await Promise.all(Array.from({ length: 20 }, (_, index) => hit(index % 2, 10)));
      expect(through(counted)).toBeLessThanOrEqual(10);
      expect(through(counted)).toBeGreaterThanOrEqual(8);
    });
  });
});
