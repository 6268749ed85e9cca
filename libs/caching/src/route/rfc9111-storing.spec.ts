import { describe, expect, it } from 'vitest';
import { RouteWorld, user, type Made } from '../../test/route-world.js';
import type { RouteCacheOptions } from '../index.js';

// The clock of the tests starts here.
const date = 'Thu, 01 Jan 2026 00:00:00 GMT';
const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1_000).toUTCString();

type Fields = Readonly<Record<string, string>>;

/** For how many seconds the answer is given again; 0 when it is not kept, or not given without asking. */
async function keptFor(made: Made, options: Partial<RouteCacheOptions> = {}, headers: Fields = {}): Promise<number> {
  for (const seconds of [600, 120, 60, 30, 10, 1]) {
    const world = new RouteWorld(options);
    await world.ask({ made, headers });
    await world.clock.advance(seconds * 1_000 - 1);
    await world.ask({ made, headers });
    if (world.calls === 1) return seconds;
  }
  return 0;
}

describe('The freshness of an answer (RFC 9111 4.2)', () => {
  it.each<[seconds: number, fields: Fields]>([
    [60, { 'cache-control': 'max-age=60' }],
    [60, { 'cache-control': 'public, max-age=60' }],
    [60, { 'cache-control': 'Max-Age="60"' }],
    [60, { 'cache-control': 'foo="a, max-age=600", max-age=60' }],
    [60, { 'cache-control': 'max-age=60, max-age=600' }],
    [120, { 'cache-control': 'max-age=60, s-maxage=120' }],
    [10, { 'cache-control': 's-maxage=10', expires: at(600), date }],
    [60, { expires: at(60), date }],
    [60, { 'cache-control': 'max-age=60', expires: at(-600), date }],
    [30, { 'cache-control': 'max-age=60', age: '30' }],
    [0, { 'cache-control': 'max-age=60', age: '60' }],
    [60, { 'cache-control': 'max-age=60', age: '-600' }],
    [60, { 'cache-control': 'max-age=60, must-revalidate' }],
    [60, { 'cache-control': 'max-age=60, proxy-revalidate' }],
    [60, { 'cache-control': 'max-age=60, immutable' }],
    [0, { 'cache-control': 'max-age=0', etag: '"a"' }],
    [0, { 'cache-control': 'max-age=-1' }],
    [0, { 'cache-control': 'max-age=soon' }],
    [0, { 'cache-control': 'max-age=1.5' }],
    [0, { 'cache-control': 'max-age=60, no-cache' }],
    [0, { 'cache-control': 'max-age=60, NO-CACHE' }],
    [0, { 'cache-control': 'max-age=60, no-cache="x-a"' }],
    [0, { 'cache-control': 'max-age=60, no-store' }],
    [0, { 'cache-control': 'max-age=60, private' }],
    [0, { 'cache-control': 'max-age=60, private="x-a, x-b"' }],
    [0, { expires: '0', date }],
    [0, { expires: at(-1), date }],
    [0, { 'cache-control': 'public' }],
    [0, { 'last-modified': at(-864_000), date }],
    [0, { etag: '"a"' }],
    [0, {}],
  ])('is %i s for %j', async (seconds, headers) => {
    expect(await keptFor({ headers })).toBe(seconds);
  });

  it.each<[seconds: number, fields: Fields]>([
    [30, {}],
    [30, { etag: '"a"' }],
    [30, { 'last-modified': at(-864_000), date }],
    [30, { 'cache-control': 'public' }],
    [30, { 'cache-control': 'must-revalidate' }],
    [60, { 'cache-control': 'max-age=60' }],
    [10, { 'cache-control': 'max-age=10' }],
    [10, { expires: at(10), date }],
    [0, { 'cache-control': 'max-age=0' }],
    [0, { 'cache-control': 'no-cache' }],
    [0, { pragma: 'no-cache' }],
    [0, { 'cache-control': 'no-store' }],
    [0, { 'cache-control': 'private' }],
    [0, { expires: '0' }],
  ])('is %i s for %j, where the route says 30 s', async (seconds, headers) => {
    expect(await keptFor({ headers }, { ttlMs: 30_000 })).toBe(seconds);
  });
});

describe('The status of an answer', () => {
  it.each([200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501])('%i is kept for as long as the route says, or the service', async (status) => {
    expect(await keptFor({ status }, { ttlMs: 30_000 })).toBe(30);
    expect(await keptFor({ status, headers: { 'cache-control': 'max-age=60' } })).toBe(60);
  });

  it.each([302, 303, 307])('%i is kept only as long as the service says', async (status) => {
    expect(await keptFor({ status }, { ttlMs: 30_000 })).toBe(0);
    expect(await keptFor({ status, headers: { 'cache-control': 'max-age=60' } })).toBe(60);
  });

  it.each([206, 304, 400, 401, 403, 409, 412, 416, 418, 429, 500, 502, 503, 504])('%i is not kept', async (status) => {
    expect(await keptFor({ status, headers: { 'cache-control': 'public, max-age=60' } }, { ttlMs: 30_000 })).toBe(0);
  });

  it('is given again as it was, without a length where it has no body', async () => {
    const world = new RouteWorld();
    const made = { status: 204, headers: { 'cache-control': 'max-age=60' }, body: '' };
    await world.ask({ made });
    const got = await world.ask({ made });
    expect([got.status, got.headers.has('content-length'), world.calls]).toEqual([204, false, 1]);
  });
});

describe('An answer that is never kept', () => {
  it.each<[string, Made]>([
    ['sets a cookie', { headers: { 'cache-control': 'public, max-age=60', 'set-cookie': ['a=1', 'b=2'] } }],
    ['has no end', { headers: { 'cache-control': 'max-age=60', 'content-type': 'text/event-stream; charset=utf-8' } }],
    ['varies by all', { headers: { 'cache-control': 'max-age=60', vary: '*' } }],
    ['varies by all, among others', { headers: { 'cache-control': 'max-age=60', vary: 'accept, *' } }],
    ['is shorter than its length', { headers: { 'cache-control': 'max-age=60', 'content-length': '100' } }],
    ['has no readable length', { headers: { 'cache-control': 'max-age=60', 'content-length': '8, 8' } }],
  ])('%s', async (_what, made) => {
    expect(await keptFor(made, { ttlMs: 30_000 })).toBe(0);
  });
});

describe('An answer to a request with Authorization (RFC 9111 3.5)', () => {
  it.each([
    ['max-age=60', 0],
    ['max-age=60, must-revalidate', 0],
    ['public, max-age=60', 60],
    ['s-maxage=60', 60],
  ])('with %s is kept for %i s', async (cacheControl, seconds) => {
    const made = { headers: { 'cache-control': cacheControl } };
    expect(await keptFor(made, {}, { authorization: 'Bearer a' })).toBe(seconds);
  });

  it('is not kept on the word of the configuration', async () => {
    expect(await keptFor({}, { ttlMs: 30_000 }, { authorization: 'Bearer a' })).toBe(0);
  });
});

describe('What a client says (RFC 9111 5.2.1)', () => {
  const made = { headers: { 'cache-control': 'max-age=60', etag: '"a"' } };
  const afterSeconds = async (seconds: number, headers: Fields, answer: Made = made) => {
    const world = new RouteWorld();
    await world.ask({ made: answer });
    await world.clock.advance(seconds * 1_000);
    return world.ask({ made: answer, headers });
  };

  it.each<[cacheControl: string, seconds: number, did: string]>([
    ['max-age=30', 30, 'hit; ttl=30'],
    ['max-age=30', 31, 'fwd=request; stored'],
    ['max-age=0', 1, 'fwd=request; stored'],
    ['min-fresh=30', 30, 'hit; ttl=30'],
    ['min-fresh=31', 30, 'fwd=request; stored'],
    ['max-stale', 90, 'hit; ttl=-30'],
    ['max-stale=31', 90, 'hit; ttl=-30'],
    ['max-stale=30', 90, 'fwd=stale; stored'],
    ['no-cache', 1, 'fwd=request; stored'],
    ['No-Cache', 1, 'fwd=request; stored'],
    ['no-store', 1, 'fwd=request'],
    ['only-if-cached', 1, 'hit; ttl=59'],
    ['x-unknown=1', 1, 'hit; ttl=59'],
  ])('%s after %i s: %s', async (cacheControl, seconds, did) => {
    expect((await afterSeconds(seconds, { 'cache-control': cacheControl })).did).toBe(did);
  });

  it.each(['must-revalidate', 'proxy-revalidate', 's-maxage=60', 'no-cache'])('max-stale does not help where the service says %s', async (directive) => {
    const got = await afterSeconds(61, { 'cache-control': 'max-stale=1000' }, { headers: { 'cache-control': `max-age=60, ${directive}`, etag: '"a"' } });
    expect(got.did).toBe('fwd=stale; stored');
  });

  it('in Pragma counts only without Cache-Control', async () => {
    expect((await afterSeconds(1, { pragma: 'no-cache' })).did).toBe('fwd=request; stored');
    expect((await afterSeconds(1, { pragma: 'no-cache', 'cache-control': 'max-age=30' })).did).toBe('hit; ttl=59');
    expect((await afterSeconds(1, { pragma: 'x' })).did).toBe('hit; ttl=59');
  });

  it('only-if-cached is refused with 504 when nothing fits, and the service is not asked', async () => {
    const world = new RouteWorld();
    const headers = { 'cache-control': 'only-if-cached' };
    await expect(world.ask({ headers })).rejects.toMatchObject({ status: 504 });
    await expect(world.ask({ headers: { 'cache-control': 'only-if-cached, no-store' } })).rejects.toMatchObject({ status: 504 });
    expect(world.calls).toBe(0);
  });

  it('no-store keeps nothing', async () => {
    const world = new RouteWorld();
    await world.ask({ made, headers: { 'cache-control': 'no-store' } });
    expect((await world.ask({ made })).text).toBe('answer 2');
  });

  it('no-cache keeps the new answer for the others', async () => {
    const world = new RouteWorld();
    await world.ask({ made });
    await world.ask({ made, headers: { 'cache-control': 'no-cache' } });
    expect((await world.ask({ made })).text).toBe('answer 2');
  });
});

describe('Vary (RFC 9111 4.1)', () => {
  const made = { headers: { 'cache-control': 'max-age=60', vary: 'Accept-Language, X-Unit' } };

  it('selects by the values that are sent, absence among them', async () => {
    const world = new RouteWorld();
    const variants: Fields[] = [{ 'accept-language': 'de' }, { 'accept-language': 'en' }, {}, { 'accept-language': 'de', 'x-unit': 'kg' }];
    for (const [index, headers] of variants.entries()) expect((await world.ask({ made, headers })).text).toBe(`answer ${index + 1}`);
    for (const [index, headers] of variants.entries()) expect((await world.ask({ made, headers: { ...headers, accept: 'x' } })).text).toBe(`answer ${index + 1}`);
  });

  it('tells in Cache-Status that there were only answers to other requests', async () => {
    const world = new RouteWorld();
    await world.ask({ made });
    expect((await world.ask({ made, headers: { 'x-unit': 'kg' } })).did).toBe('fwd=vary-miss; stored');
  });

  it('may grow from answer to answer', async () => {
    const world = new RouteWorld();
    await world.ask({ made: { headers: { 'cache-control': 'max-age=60', vary: 'accept' } }, headers: { 'x-unit': 'kg' } });
    await world.ask({ made, headers: { accept: 'b', 'x-unit': 'kg' } });
    expect((await world.ask({ made, headers: { accept: 'b', 'x-unit': 'lb' } })).text).toBe('answer 3');
    expect((await world.ask({ made, headers: { accept: 'b', 'x-unit': 'kg' } })).text).toBe('answer 2');
  });

  it('does not take one value for two', async () => {
    const world = new RouteWorld();
    await world.ask({ made, headers: { 'accept-language': 'a', 'x-unit': 'b' } });
    expect((await world.ask({ made, headers: { 'accept-language': 'a1:b' } })).text).toBe('answer 2');
  });

  it('works for an owner and for everyone alike', async () => {
    const world = new RouteWorld();
    const shared = { headers: { 'cache-control': 's-maxage=60', vary: 'accept' } };
    await world.ask({ made: shared, headers: { accept: 'a' }, caller: user('u1') });
    expect((await world.ask({ made: shared, headers: { accept: 'a' }, caller: user('u2') })).text).toBe('answer 1');
    expect((await world.ask({ made: shared, headers: { accept: 'b' }, caller: user('u2') })).text).toBe('answer 2');
  });
});
