import { describe, expect, it } from 'vitest';
import { RouteWorld, type Made } from '../../test/route-world.js';

const ttlOnly = (further = {}) => new RouteWorld({ honour: 'ttl-only', ttlMs: 1_000, ...further });

describe('Under ttl-only an answer', () => {
  it.each<[string, Made]>([
    ['says nothing', {}],
    ['forbids it', { headers: { 'cache-control': 'no-store, private', expires: '0', pragma: 'no-cache' } }],
    ['varies', { headers: { vary: 'accept' } }],
    ['varies by all', { headers: { vary: '*' } }],
    ['is old already', { headers: { age: '4711' } }],
    ['has status 302', { status: 302 }],
    ['has status 404', { status: 404 }],
    ['has status 418', { status: 418 }],
    ['has status 503', { status: 503 }],
  ])('that %s is kept for that time, and no longer', async (_what, made) => {
    const world = ttlOnly();
    await world.ask({ made });
    await world.clock.advance(999);
    const got = await world.ask({ headers: { accept: 'other' } });
    expect([got.status, got.text, got.headers.get('content-length')]).toEqual([made.status ?? 200, 'answer 1', '8']);
    await world.clock.advance(1);
    expect((await world.ask()).text).toBe('answer 2');
  });

  it.each([206, 304, 412, 416])('of status %i, for one request and its condition, is not kept', async (status) => {
    const world = ttlOnly();
    await world.ask({ made: { status } });
    expect((await world.ask()).text).toBe('answer 2');
  });

  it('is kept without its cookies', async () => {
    const world = ttlOnly();
    expect((await world.ask({ made: { headers: { 'set-cookie': ['a=1', 'b=2'] } } })).headers.all('set-cookie')).toEqual(['a=1', 'b=2']);
    expect((await world.ask()).headers.has('set-cookie')).toBe(false);
  });

  it.each(['no-cache', 'no-store', 'max-age=0', 'only-if-cached'])('is given to a client that says %s', async (cacheControl) => {
    const world = ttlOnly();
    await world.ask({ headers: { 'cache-control': cacheControl } });
    expect((await world.ask({ headers: { 'cache-control': cacheControl } })).text).toBe('answer 1');
  });

  it.each(['PUT', 'DELETE', 'POST'])('to %s is kept where the configuration names it, apart from those to GET, and invalidates nothing', async (method) => {
    const world = ttlOnly({ methods: ['GET', method] });
    await world.ask();
    await world.ask({ method });
    expect((await world.ask({ method })).text).toBe('answer 2');
    expect((await world.ask()).text).toBe('answer 1');
  });

  it('to a method that the configuration does not name passes by', async () => {
    const world = ttlOnly();
    await world.ask();
    await world.ask({ method: 'POST' });
    expect((await world.ask({ method: 'POST' })).text).toBe('answer 3');
    expect((await world.ask()).text).toBe('answer 1');
  });

  it('is fetched once when many ask at the same time', async () => {
    const world = ttlOnly();
    let arrive = () => {};
    const made = () => new Promise<Made>((resolve) => (arrive = () => resolve({ headers: { 'cache-control': 'no-store' } })));
    const asked = [world.ask({ made }), world.ask({ made })];
    await world.clock.advance(0);
    arrive();
    expect((await Promise.all(asked)).map(({ text }) => text)).toEqual(['answer 1', 'answer 1']);
  });

  it('is asked for without a condition: a 304 would be of no use to anyone else', async () => {
    const world = ttlOnly();
    const made = { headers: { etag: '"v1"' } };
    expect((await world.ask({ made, headers: { 'if-none-match': '"v1"' } })).status).toBe(304);
    expect((await world.ask({ made })).text).toBe('answer 1');
    await world.clock.advance(1_000);
    await world.ask({ made });
    expect(world.sent).toEqual([{}, {}]);
  });

  it('to a conditional POST passes by', async () => {
    const world = ttlOnly({ methods: ['POST'] });
    expect((await world.ask({ method: 'POST', headers: { 'if-none-match': '*' } })).did).toBe('fwd=bypass');
  });
});
