import { anonymousCaller, type Caller } from '@portico/core';
import { ManualClock, realServer, type RealServer } from '@portico/core/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AnswerCache, CacheManagerPartCache, createTextCache, IdempotencyKeys, RedisNotedKeys } from '../src/index.js';
import { BoundedTextStore } from '../src/bounded-text-store.js';
import { SharedTextStore } from '../src/shared-text-store.js';
import { bringBack, endShare, shareFor, type SharedOfReplica } from './redis-for-tests.js';

const plan = realServer('redis');

describe.skipIf(plan.absent)(`What two replicas keep in ${plan.title}`, () => {
  let server: RealServer;
  let clock: ManualClock;
  let shares: [SharedOfReplica, SharedOfReplica];
  let spaces = 0;

  beforeAll(async () => void (server = await plan.start()));
  afterAll(() => server?.close());
  beforeEach(async () => {
    clock = new ManualClock();
    const gateway = `texts${++spaces}`;
    shares = [await shareFor(server, gateway, clock), await shareFor(server, gateway, clock)];
  });
  afterEach(() => Promise.all(shares.map(endShare)));
  const away = (): Promise<void> => server.kill();

  describe('of answers and parts', () => {
    const cacheOf = (share: SharedOfReplica) => new AnswerCache(createTextCache({ clock }, share), clock);
    let caches: [AnswerCache, AnswerCache];
    beforeEach(() => (caches = [cacheOf(shares[0]), cacheOf(shares[1])]));

    it('is found by both, for as long as it was told', async () => {
      await caches[0].write('k', 'ä\n1', 60_000);
      expect([await caches[0].read('k'), await caches[1].read('k')]).toEqual(['ä\n1', 'ä\n1']);
      await clock.advance(60_001);
      const [key] = await shares[0].redis.client.keys(`portico:text:${shares[0].gateway}:*`);
      expect(await shares[0].redis.client.pttl((key as string).replace('portico:', ''))).toBeGreaterThan(50_000);
      await away();
      expect([await caches[0].read('k'), await caches[1].read('k')]).toEqual([undefined, undefined]);
      await server.restart();
    });

    it('has its age at both', async () => {
      const parts = shares.map((share) => new CacheManagerPartCache(createTextCache({ clock }, share), clock));
      await parts[0]?.write('k', 'x', 60_000);
      await clock.advance(700);
      expect(await parts[1]?.read('k')).toEqual({ body: 'x', ageMs: 700 });
    });

    it('is asked for again after 1 s: what one has replaced, the other gives no longer', async () => {
      await caches[0].write('k', 'old', 60_000);
      await caches[1].read('k');
      await caches[0].write('k', 'new', 60_000);
      await clock.advance(999);
      expect(await caches[1].read('k')).toBe('old');
      await clock.advance(1);
      expect(await caches[1].read('k')).toBe('new');
    });

    it('is apart from that of another gateway in the same Redis', async () => {
      const other = await shareFor(server, `${shares[0].gateway}-other`, clock);
      await caches[0].write('k', 'mine', 60_000);
      expect(await cacheOf(other).read('k')).toBeUndefined();
      await endShare(other);
    });

    it('is deleted for both, and emptied by neither', async () => {
      const [one, other] = shares.map((share) => createTextCache({ clock }, share));
      await one?.set('k', 'x', 60_000);
      await other?.get('k');
      await one?.del('k');
      await clock.advance(1_000);
      expect(await other?.get('k')).toBeUndefined();
      await expect(new SharedTextStore(new BoundedTextStore({ clock }), clock, shares[0]).clear()).rejects.toThrow('not emptied');
    });

    it('is no larger in Redis than in memory, and nothing without an end', async () => {
      const small = createTextCache({ clock, maxEntryBytes: 100 }, shares[0]);
      await small.set('k', 'x'.repeat(200), 60_000);
      await small.set('endless', 'x').catch(() => undefined);
      expect(await shares[0].redis.client.keys(`portico:text:${shares[0].gateway}:*`)).toEqual([]);
    });

    it('stays in the memory of each while Redis is away, and nobody waits', async () => {
      await caches[0].write('k', 'before', 600_000);
      await caches[1].read('k');
      await away();
      await clock.advance(5_000);
      expect([await caches[0].read('k'), await caches[1].read('k'), await caches[1].read('other')]).toEqual(['before', 'before', undefined]);
      await caches[0].write('meanwhile', 'x', 600_000);
      expect([await caches[0].read('meanwhile'), await caches[1].read('meanwhile')]).toEqual(['x', undefined]);
      expect(shares.map(({ told }) => told)).toEqual([['away'], ['away']]);
      await bringBack(server, clock, shares);
      await caches[0].write('after', 'y', 600_000);
      expect(await caches[1].read('after')).toBe('y');
    });
  });

  describe('of idempotency keys', () => {
    const ann: Caller = { ...anonymousCaller, kind: 'user', id: 'ann', key: 'ann' };
    let keys: [IdempotencyKeys, IdempotencyKeys];
    beforeEach(() => {
      const [one, other] = shares.map((share) => new IdempotencyKeys(new RedisNotedKeys(clock, share)));
      keys = [one as IdempotencyKeys, other as IdempotencyKeys];
    });
    const refusal = expect.objectContaining({ code: 'SERVICE_UNAVAILABLE', status: 503, headers: { 'retry-after': '1' } });

    it('is known to both at once, also to one that has just looked in vain', async () => {
      expect(await keys[1].find(ann, 'k')).toBeUndefined();
      await keys[0].note(ann, 'k', 'o-1');
      expect(await keys[1].find(ann, 'k')).toBe('o-1');
      const [key] = await shares[0].redis.client.keys(`portico:idempotency:${shares[0].gateway}:*`);
      const left = await shares[0].redis.client.pttl((key as string).replace('portico:', ''));
      expect(left).toBeGreaterThan(86_300_000);
      expect(left).toBeLessThanOrEqual(86_400_000);
    });

    it('is not to be had while Redis is away: what may have been carried out is refused', async () => {
      await away();
      await expect(keys[0].find(ann, 'k')).rejects.toEqual(refusal);
      await expect(keys[0].find(ann, 'k')).rejects.toEqual(refusal);
      await bringBack(server, clock, [shares[0]]);
      expect(await keys[0].find(ann, 'k')).toBeUndefined();
    });

    it('is known to both when Redis is back, if it went away between the look and the note', async () => {
      await away();
      await keys[0].note(ann, 'k', 'o-1');
      expect(await keys[0].find(ann, 'k')).toBe('o-1');
      await expect(keys[1].find(ann, 'k')).rejects.toEqual(refusal);
      await bringBack(server, clock, shares);
      await expect.poll(() => keys[1].find(ann, 'k'), { timeout: 10_000 }).toBe('o-1');
    });
  });
});
