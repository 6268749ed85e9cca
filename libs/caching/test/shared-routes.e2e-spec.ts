import { ManualClock, realServer, type RealServer } from '@portico/core/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MemoryRouteEntries, RedisRouteEntries, RouteCacheStore } from '../src/index.js';
import { bringBack, endShare, shareFor, type SharedOfReplica } from './redis-for-tests.js';
import { RouteWorld, user } from './route-world.js';

const plan = realServer('redis');

interface Replica extends SharedOfReplica {
  readonly entries: RedisRouteEntries;
  readonly world: RouteWorld;
}

describe.skipIf(plan.absent)(`Answers of a route that two replicas keep in ${plan.title}`, () => {
  let server: RealServer;
  let clock: ManualClock;
  let replicas: [Replica, Replica];
  let spaces = 0;
  const fresh = { status: 200, headers: { 'cache-control': 'public, max-age=600' } };

  beforeAll(async () => void (server = await plan.start()));
  afterAll(() => server?.close());
  beforeEach(async () => {
    clock = new ManualClock();
    const gateway = `routes${++spaces}`;
    replicas = [await replica(gateway), await replica(gateway)];
  });
  afterEach(() => Promise.all(replicas.map(endShare)));

  async function replica(gateway: string): Promise<Replica> {
    const share = await shareFor(server, gateway, clock);
    const entries = await RedisRouteEntries.open(new MemoryRouteEntries({ clock }), clock, share);
    return { ...share, entries, world: new RouteWorld({ ttlMs: 600_000 }, {}, {}, { clock, entries }) };
  }
  const ask = async (index: 0 | 1, asking: Parameters<RouteWorld['ask']>[0] = {}) => replicas[index].world.ask({ made: fresh, ...asking });
  const inRedis = async (pattern = 'route:*') => replicas[0].redis.client.keys(`portico:${pattern.replace(':', `:${replicas[0].gateway}:`)}`);
  const kept = (count: number) => expect.poll(inRedis, { timeout: 10_000 }).toHaveLength(count);

  it('are given by both, byte for byte, with their age', async () => {
    const body = Buffer.from([0, 10, 255, 128, 10]);
    await ask(0, { made: { ...fresh, headers: { ...fresh.headers, 'x-b': 'c' }, body } });
    await kept(1);
    await clock.advance(5_000);
    const { headers, did } = await ask(1);
    expect([did, headers.get('age'), headers.get('x-b')]).toEqual(['hit; ttl=595', '5', 'c']);
    const opened = await replicas[1].world.open({ made: fresh });
    expect(opened.body).toEqual(body);
    expect(replicas[1].world.calls).toBe(0);
  });

  it('of one caller are nobody else\'s, and vary at both by the same fields', async () => {
    const made = { headers: { 'cache-control': 'max-age=600', vary: 'accept-language' }, body: 'ann in German' };
    await ask(0, { caller: user('ann'), headers: { 'accept-language': 'de' }, made });
    await kept(2);
    expect((await ask(1, { caller: user('bob'), headers: { 'accept-language': 'de' } })).text).not.toBe('ann in German');
    expect((await ask(1, { caller: user('ann'), headers: { 'accept-language': 'en' } })).text).not.toBe('ann in German');
    expect((await ask(1, { caller: user('ann'), headers: { 'accept-language': 'de' } })).text).toBe('ann in German');
  });

  it('end in Redis by themselves, and so do their indexes', async () => {
    await ask(0);
    await kept(1);
    for (const key of [...(await inRedis()), ...(await inRedis('route-index:*'))]) {
      const left = await replicas[0].redis.client.pttl(key.replace('portico:', ''));
      expect(left).toBeGreaterThan(500_000);
      expect(left).toBeLessThanOrEqual(5_000_000);
    }
    expect(await inRedis('route-index:*')).toHaveLength(3);
  });

  it('leave their indexes when they have ended', async () => {
    const write = (key: string, keepMs: number, callMs = 0) => replicas[0].entries.write(key, { kind: 'vary', region: 'products', uri: `catalog\n/${key}`, vary: [] }, keepMs, callMs);
    const members = async () => replicas[0].redis.client.zcard(`route-index:${replicas[0].gateway}:all`);
    await write('b', 60_000);
    await write('a', 1);
    await expect.poll(async () => (await write('b', 60_000), await members()), { timeout: 10_000 }).toBe(1);
  });

  it('are not shared when their call took more than a minute', async () => {
    await replicas[0].entries.write('k', { kind: 'vary', region: 'products', uri: 'catalog\n/1', vary: [] }, 60_000, 60_001);
    expect(await inRedis()).toEqual([]);
    expect(await replicas[0].entries.read('k')).toMatchObject({ kind: 'vary' });
  });

  it('are dropped at both by a purge of either, of a region or of an address', async () => {
    for (const purge of [(store: RouteCacheStore) => store.purge('products'), (store: RouteCacheStore) => store.purgeUrl('catalog', '/products/1')]) {
      const calls = replicas[1].world.calls;
      await expect.poll(async () => (await ask(0), (await inRedis()).length), { timeout: 10_000 }).toBe(1);
      await ask(1);
      expect(await purge(replicas[0].world.store)).toBe(1);
      await expect.poll(async () => (await ask(1), replicas[1].world.calls), { timeout: 10_000 }).toBeGreaterThan(calls);
      await replicas[0].world.store.purge('products');
    }
  });

  it('are dropped at both by a request that changes them', async () => {
    await ask(0);
    await kept(1);
    expect((await ask(1)).did).toBe('hit; ttl=600');
    await ask(0, { method: 'POST', made: { status: 204 } });
    expect(await inRedis()).toEqual([]);
    expect(await inRedis('route-index:*')).toHaveLength(2);
    await expect.poll(async () => (await ask(1)).text, { timeout: 10_000 }).toBe('answer 1');
  });

  it('do not come back with a call that another replica began before the purge, and nobody joins that', async () => {
    let answer = (): void => {};
    const fetching = ask(1, { made: () => new Promise((resolve) => (answer = () => resolve({ ...fresh, body: 'old' }))) });
    await expect.poll(() => replicas[1].world.calls).toBe(1);
    const heard = new Promise((resolve) => replicas[1].entries.onPurged(resolve));
    await replicas[0].world.store.purge('products');
    expect(await heard).toEqual({ kind: 'region', name: 'products' });
    expect((await ask(1, { made: { status: 500 } })).status).toBe(500);
    // As one that has not heard of it would write.
    await replicas[1].entries.write('unheard', { kind: 'vary', region: 'products', uri: 'catalog\n/products/2', vary: [] }, 60_000, 10_000);
    expect(await replicas[1].entries.read('unheard')).toBeUndefined();
    answer();
    expect((await fetching).text).toBe('old');
    expect(await inRedis()).toEqual([]);
    expect((await ask(1)).text).toBe('answer 3');
  });

  it('are asked for again after 1 s, and so are those that were not there', async () => {
    const onlyKept = { headers: { 'cache-control': 'only-if-cached' } };
    await expect(ask(1, onlyKept)).rejects.toMatchObject({ code: 'ANSWER_NOT_KEPT' });
    await ask(0);
    await kept(1);
    await clock.advance(999);
    await expect(ask(1, onlyKept)).rejects.toMatchObject({ code: 'ANSWER_NOT_KEPT' });
    await clock.advance(1);
    expect((await ask(1, onlyKept)).text).toBe('answer 1');
    expect((await ask(0, { headers: { 'cache-control': 'no-cache' } })).text).toBe('answer 2');
    await clock.advance(999);
    expect((await ask(1)).text).toBe('answer 1');
    await clock.advance(1);
    expect((await ask(1)).text).toBe('answer 2');
  });

  it('are asked for again at once by a replica that could not listen for a moment: it may have missed a purge', async () => {
    await ask(0);
    await kept(1);
    expect((await ask(1)).did).toBe('hit; ttl=600');
    const { client } = replicas[0].redis;
    await client.del(...(await inRedis()).map((key) => key.replace('portico:', '')));
    expect((await ask(1)).did).toBe('hit; ttl=600');
    await client.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
    await expect.poll(async () => (await ask(1), replicas[1].world.calls), { timeout: 10_000 }).toBe(1);
  });

  it('go on in the memory of each while Redis is away, and nobody waits', async () => {
    await ask(0);
    await kept(1);
    await ask(1);
    await replicas[0].entries.write('k', { kind: 'vary', region: 'products', uri: 'catalog\n/products/2', vary: [] }, 60_000, 0);
    await server.kill();
    await clock.advance(5_000);
    expect(await replicas[0].entries.read('k')).toMatchObject({ kind: 'vary' });
    expect([(await ask(0)).did, (await ask(1)).did]).toEqual(['hit; ttl=595', 'hit; ttl=595']);
    expect((await ask(1, { path: '/products/9' })).did).toContain('fwd=uri-miss');
    expect((await ask(1, { path: '/products/9' })).did).toBe('hit; ttl=600');
    expect(replicas.map(({ told }) => told)).toEqual([['away'], ['away']]);
    await bringBack(server, clock, replicas);
  });

  it('of before are all dropped once Redis is back, if something was purged meanwhile', async () => {
    await ask(0);
    await kept(1);
    await ask(1);
    await replicas[0].redis.client.save();
    await server.kill();
    await expect(replicas[0].world.store.purge('products')).rejects.toThrow();
    expect((await ask(0)).text).toBe('answer 2');
    await bringBack(server, clock, replicas);
    await expect.poll(inRedis, { timeout: 10_000 }).toEqual([]);
    await expect.poll(async () => (await ask(1)).text, { timeout: 10_000 }).toBe('answer 1');
  });
});
