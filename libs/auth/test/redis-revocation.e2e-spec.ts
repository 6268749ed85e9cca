import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock, type Clock } from '@portico/core';
import { ManualClock, realServer, type RealServer } from '@portico/core/testing';
import { openRedis, type RedisConnection } from '@portico/redis';
import { RedisReplayStore, RedisRevocations } from '../src/index.js';

const plan = realServer('redis');
const keyPrefix = 'revocation-test:';

describe.skipIf(plan.absent)(`on ${plan.title}`, () => {
  let server: RealServer;
  const opened: { close(): Promise<void> }[] = [];

  beforeAll(async () => void (server = await plan.start()));
  afterAll(() => server?.close());
  beforeEach(async () => void (await (await connect()).client.flushall()));
  afterEach(async () => {
    for (const one of opened.splice(0).reverse()) await one.close();
  });

  const connect = async (): Promise<RedisConnection> => {
    const redis = await openRedis(server.origin, { keyPrefix });
    opened.push(redis);
    return redis;
  };
  const replica = async (clock: Clock = systemClock, keepMs = 60_000): Promise<RedisRevocations> => {
    const revocations = await RedisRevocations.open(await connect(), { clock, keepMs });
    opened.push(revocations);
    return revocations;
  };
  const known = (revocations: RedisRevocations, sid: string) => expect.poll(() => revocations.isRevoked({ sid }), { timeout: 10_000, interval: 20 }).toBe(true);

  describe('RedisReplayStore', () => {
    it('gives a key to one of all replicas', async () => {
      const stores = [new RedisReplayStore(await connect()), new RedisReplayStore(await connect())] as const;
      const claims = await Promise.all(Array.from({ length: 10 }, (_, index) => stores[index % 2 === 0 ? 0 : 1].claim('a', 10_000)));
      expect(claims.filter(Boolean)).toHaveLength(1);
    });

    it('lets Redis forget it after its time', async () => {
      const redis = await connect();
      await new RedisReplayStore(redis).claim('a', 1_234.5);
      const [key = ''] = await redis.client.keys('*');
      const lifeMs = await redis.client.pttl(key.slice(keyPrefix.length));
      expect(lifeMs).toBeGreaterThan(1_000);
      expect(lifeMs).toBeLessThanOrEqual(1_235);
    });

    it('rejects while Redis is away', async () => {
      const store = new RedisReplayStore(await connect());
      await server.kill();
      await expect(store.claim('a', 1_000)).rejects.toThrow();
      await server.restart();
    });
  });

  describe('RedisRevocations', () => {
    it('hold at every replica within two seconds', async () => {
      const [one, two] = [await replica(), await replica()];
      const before = two.version;
      const start = performance.now();
      await one.revoke({ sid: 's-1' });
      expect(one.isRevoked({ sid: 's-1' })).toBe(true);
      await known(two, 's-1');
      expect(performance.now() - start).toBeLessThan(2_000);
      expect(two.version).not.toBe(before);
    });

    it('are known to a replica that starts later, whatever they end', async () => {
      const one = await replica();
      await one.revoke({ iss: 'https://idp.example', sid: 's-1' });
      await one.revoke({ jti: 'j-1' });
      await one.revoke({ sub: 'alice', beforeEpochMs: 5_000 });
      const two = await replica();
      expect(two.isRevoked({ iss: 'https://idp.example', sid: 's-1' })).toBe(true);
      expect(two.isRevoked({ iss: 'https://other.example', sid: 's-1' })).toBe(false);
      expect(two.isRevoked({ jti: 'j-1' })).toBe(true);
      expect([two.isRevoked({ sub: 'alice', iat: 5 }), two.isRevoked({ sub: 'alice', iat: 6 })]).toEqual([true, false]);
    });

    it('leave Redis when they are over', async () => {
      const [clock, redis] = [new ManualClock(), await connect()];
      const one = await replica(clock, 10_000);
      await one.revoke({ sid: 's-1' });
      await clock.advance(10_001);
      expect((await replica(clock)).isRevoked({ sid: 's-1' })).toBe(false);
      await one.revoke({ sid: 's-2' });
      expect(await redis.client.zcard('revocations')).toBe(1);
    });

    it('pass over what they cannot read', async () => {
      const redis = await connect();
      for (const text of ['no', 'null', '{"sid":1}', '{"iss":1,"sid":"s-1"}', '{"sub":"alice"}']) await redis.client.zadd('revocations', Date.now() + 10_000, text);
      const one = await replica();
      await redis.publish('revocations', 'nonsense');
      await redis.publish('revocations', `x ${JSON.stringify({ sid: 's-2' })}`);
      await redis.publish('revocations', `${Date.now() + 1_000} ${JSON.stringify({ sid: 's-3' })}`);
      await known(one, 's-3');
      expect([one.isRevoked({ sid: 's-1' }), one.isRevoked({ sid: 's-2' }), one.isRevoked({ sub: 'alice' })]).toEqual([false, false, false]);
    });

    it('hold where they are made while Redis is away, and everywhere once it is back', async () => {
      const [one, two] = [await replica(), await replica()];
      await one.revoke({ sid: 's-1' });
      await known(two, 's-1');
      await server.kill();
      await expect(one.revoke({ sid: 's-2' })).rejects.toThrow();
      expect([one.isRevoked({ sid: 's-2' }), two.isRevoked({ sid: 's-1' }), two.isRevoked({ sid: 's-2' })]).toEqual([true, true, false]);
      await server.restart();
      await known(two, 's-2');
    });

    it('that were made by others while a replica could not listen are read when it can again', async () => {
      const [one, redis] = [await replica(), await connect()];
      await redis.client.zadd('revocations', Date.now() + 60_000, JSON.stringify({ sid: 's-9' }));
      expect(one.isRevoked({ sid: 's-9' })).toBe(false);
      await redis.client.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
      await known(one, 's-9');
    });
  });
});
