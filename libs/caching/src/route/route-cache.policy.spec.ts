import { describe, expect, it } from 'vitest';
import { noEndpoint, type Endpoint, type Resolve } from '@portico/core';
import { RouteWorld } from '../../test/route-world.js';
import { routeCache, RouteCacheOptions } from '../index.js';

const fresh = { headers: { 'cache-control': 'max-age=60', 'content-type': 'text/plain' } };

describe('routeCache()', () => {
  const options = (changes: Partial<RouteCacheOptions>) => Object.assign(new RouteCacheOptions(), changes);
  const declaring = (kind: Endpoint['kind'], value: unknown): Endpoint => ({ ...noEndpoint, kind, name: 'r', declared: <T>(key: string) => (key === 'portico:cache' ? (value as T) : undefined) });
  it.each([
    ['a route with a cache section', declaring('route', options({})), true],
    ['a route without one', declaring('route', undefined), false],
    ['an operation', declaring('operation', options({})), false],
    ['a system endpoint', declaring('system', options({})), false],
    ['a route that keeps every answer for no time', declaring('route', options({ honour: 'ttl-only' })), false],
  ])('has work for %s or not', (_what, endpoint, acts) => {
    const steps = routeCache().compile(endpoint, (() => new RouteWorld().store) as unknown as Resolve);
    expect(steps?.backend !== undefined).toBe(acts);
  });
});

describe('A kept answer', () => {
  it('is given with its fields, length, age and Cache-Status, until it is too old', async () => {
    const world = new RouteWorld();
    const first = await world.ask({ made: fresh });
    expect(first.did).toBe('fwd=uri-miss; stored');
    await world.clock.advance(48_900);
    const second = await world.ask({ made: fresh });
    expect([...second.headers]).toEqual([
      ['cache-control', 'max-age=60'],
      ['content-type', 'text/plain'],
      ['content-length', '8'],
      ['age', '48'],
      ['cache-status', 'portico; hit; ttl=11'],
    ]);
    expect(second.text).toBe('answer 1');
    await world.clock.advance(11_100);
    expect((await world.ask({ made: fresh })).text).toBe('answer 2');
    expect(world.events).toEqual(['catalog cache-miss', 'catalog cache-hit', 'catalog cache-miss']);
  });

  it.each([
    ['path', { path: '/products/2' }],
    ['query', { query: 'page=2' }],
    ['service', { service: 'legacy' }],
    ['host', { host: 'evil.example' }],
  ])('is not given for another %s', async (_what, other) => {
    const world = new RouteWorld();
    await world.ask({ made: fresh });
    expect((await world.ask({ made: fresh, ...other })).text).toBe('answer 2');
    expect((await world.ask({ made: fresh })).text).toBe('answer 1');
  });

  it('does not mix up path and query that look alike when they are joined', async () => {
    const world = new RouteWorld();
    await world.ask({ made: fresh, path: '/a', query: 'b' });
    expect((await world.ask({ made: fresh, path: '/a1:b', query: '' })).text).toBe('answer 2');
  });

  it('is not given for another value of a key header, also when only the client and not the service gets it', async () => {
    const world = new RouteWorld({ keyHeaders: ['X-Shop'] });
    await world.ask({ made: fresh, headers: { 'x-shop': 'a' } });
    expect((await world.ask({ made: fresh, headers: { 'x-shop': 'b' } })).text).toBe('answer 2');
    expect((await world.ask({ made: fresh, headers: { 'x-shop': 'a' } })).text).toBe('answer 1');
    expect((await world.ask({ made: fresh })).text).toBe('answer 3');
  });

  it('is nobody else’s when its reader changes it', async () => {
    const world = new RouteWorld();
    const first = await world.open({ made: fresh });
    (first.body as Buffer).fill('x');
    const second = await world.open({ made: fresh });
    (second.body as Buffer).fill('y');
    second.headers.set('content-type', 'text/html');
    const third = await world.ask({ made: fresh });
    expect(third.text).toBe('answer 1');
    expect(third.headers.get('content-type')).toBe('text/plain');
  });

  it('keeps repeated fields apart, and drops those that were for one connection', async () => {
    const world = new RouteWorld();
    const made = { headers: { ...fresh.headers, link: ['</a>', '</b>'], connection: 'close, x-hop', 'x-hop': '1', 'keep-alive': '5', 'transfer-encoding': 'chunked' } };
    await world.ask({ made });
    const { headers } = await world.ask({ made });
    expect(headers.all('link')).toEqual(['</a>', '</b>']);
    for (const name of ['connection', 'x-hop', 'keep-alive', 'transfer-encoding']) expect(headers.has(name)).toBe(false);
  });

  it('starts with the age that it had, and with the time that it took', async () => {
    const world = new RouteWorld();
    const made = async () => {
      await world.clock.advance(2_000);
      return { headers: { 'cache-control': 'max-age=60', age: '20' } };
    };
    await world.ask({ made, deadlineMs: 10_000 });
    expect((await world.ask({ made })).headers.get('age')).toBe('22');
    await world.clock.advance(38_000);
    expect((await world.ask({ made })).text).toBe('answer 2');
  });

  it('adds its Cache-Status after those of caches nearer to the service', async () => {
    const world = new RouteWorld();
    const made = { headers: { ...fresh.headers, 'cache-status': 'cdn; hit' } };
    await world.ask({ made });
    expect((await world.ask({ made })).headers.get('cache-status')).toBe('cdn; hit, portico; hit; ttl=60');
  });
});

describe('HEAD', () => {
  it('is answered from a kept GET, with its length and without its body', async () => {
    const world = new RouteWorld();
    await world.ask({ made: fresh });
    const head = await world.ask({ method: 'HEAD' });
    expect([head.status, head.text, head.headers.get('content-length'), head.did]).toEqual([200, '', '8', 'hit; ttl=60']);
    expect(world.calls).toBe(1);
  });

  it('is kept for HEAD only, with the length that the service said', async () => {
    const world = new RouteWorld();
    const made = { headers: { ...fresh.headers, 'content-length': '4711' }, body: '' };
    await world.ask({ method: 'HEAD', made });
    const again = await world.ask({ method: 'HEAD', made });
    expect([again.headers.all('content-length'), world.calls]).toEqual([['4711'], 1]);
    expect((await world.ask({ made: fresh })).text).toBe('answer 2');
  });
});

describe('A request that asks for something else', () => {
  it.each([
    ['Range', { range: 'bytes=0-3' }],
    ['If-Range', { 'if-range': '"a"' }],
    ['If-Match', { 'if-match': '"a"' }],
    ['If-Unmodified-Since', { 'if-unmodified-since': 'Thu, 01 Jan 2026 00:00:00 GMT' }],
    ['Upgrade', { upgrade: 'websocket' }],
  ])('passes by with %s, as it is', async (_name, headers: Record<string, string>) => {
    const world = new RouteWorld();
    await world.ask({ made: fresh });
    const got = await world.ask({ made: { status: 206, ...fresh }, headers });
    expect([got.text, got.did, world.sent[1]]).toEqual(['answer 2', 'fwd=bypass', headers]);
    expect((await world.ask({ made: fresh })).text).toBe('answer 1');
  });
});

describe('The condition of a client', () => {
  const tagged = { headers: { ...fresh.headers, etag: '"v1"', 'last-modified': 'Wed, 31 Dec 2025 00:00:00 GMT' } };
  it.each([
    ['if-none-match', '"v1"', 304],
    ['if-none-match', '"v0", W/"v1"', 304],
    ['if-none-match', '*', 304],
    ['if-none-match', '"v0"', 200],
    ['if-modified-since', 'Wed, 31 Dec 2025 00:00:00 GMT', 304],
    ['if-modified-since', 'Thu, 01 Jan 2026 00:00:00 GMT', 304],
    ['if-modified-since', 'Tue, 30 Dec 2025 00:00:00 GMT', 200],
    ['if-modified-since', 'yesterday', 200],
  ])('%s: %s is answered %i, by a kept answer and by one just fetched, and never reaches the service', async (name, value, status) => {
    const world = new RouteWorld();
    for (let round = 0; round < 2; round++) {
      const got = await world.ask({ made: tagged, headers: { [name]: value } });
      expect([got.status, got.text]).toEqual(status === 304 ? [304, ''] : [200, 'answer 1']);
      expect(got.headers.get('etag')).toBe('"v1"');
      expect(got.headers.has('content-type')).toBe(status === 200);
    }
    expect(world.sent).toEqual([{}]);
  });

  it('goes by If-None-Match alone when both are there', async () => {
    const world = new RouteWorld();
    const headers = { 'if-none-match': '"v0"', 'if-modified-since': 'Thu, 01 Jan 2026 00:00:00 GMT' };
    expect((await world.ask({ made: tagged, headers })).status).toBe(200);
  });

  it('is put back once the service has answered: a policy further out may send the request again', async () => {
    const world = new RouteWorld();
    const context = world.context();
    await world.ask({ made: tagged, headers: { 'if-none-match': '"v1"', accept: 'a' } }, context);
    expect(Object.fromEntries(context.forward?.headers ?? [])).toEqual({ accept: 'a', 'if-none-match': '"v1"' });
  });
});

describe('A method that changes something', () => {
  it.each([
    ['POST', 201, true],
    ['PUT', 204, true],
    ['DELETE', 303, true],
    ['PATCH', 200, true],
    ['MKCOL', 200, true],
    ['PUT', 404, false],
    ['POST', 503, false],
    ['OPTIONS', 200, false],
  ])('%s answered %i invalidates the address: %s', async (method, status, drops) => {
    const world = new RouteWorld();
    await world.ask({ made: fresh });
    expect((await world.ask({ method, made: { status } })).did).toBe('fwd=method');
    expect((await world.ask({ made: fresh })).text).toBe(drops ? 'answer 3' : 'answer 1');
  });

  it('invalidates the answers of every caller, host and variant, and no other address', async () => {
    const world = new RouteWorld();
    const made = { headers: { 'cache-control': 'max-age=60', vary: 'accept' } };
    for (const headers of [{ accept: 'a' }, { accept: 'b' }, { accept: 'a', cookie: 'c' }]) await world.ask({ made, headers });
    await world.ask({ made, host: 'other.example' });
    await world.ask({ made, path: '/products/2' });
    await world.ask({ method: 'PUT' });
    for (const [index, headers] of [{ accept: 'a' }, { accept: 'b' }, { accept: 'a', cookie: 'c' }].entries()) expect((await world.ask({ made, headers })).text).toBe(`answer ${7 + index}`);
    expect((await world.ask({ made, host: 'other.example' })).text).toBe('answer 10');
    expect((await world.ask({ made, path: '/products/2' })).text).toBe('answer 5');
  });

  it('invalidates what Location and Content-Location name on the same service', async () => {
    const world = new RouteWorld();
    await world.ask({ made: fresh, path: '/products/7' });
    await world.ask({ made: fresh, path: '/products', query: 'new' });
    await world.ask({ method: 'POST', path: '/products', made: { status: 201, headers: { location: '/products/7', 'content-location': '?new' } } });
    expect((await world.ask({ made: fresh, path: '/products/7' })).text).toBe('answer 4');
    expect((await world.ask({ made: fresh, path: '/products', query: 'new' })).text).toBe('answer 5');
  });

  it('keeps an answer out that was being fetched before the change', async () => {
    const world = new RouteWorld();
    let arrive = () => {};
    const slow = world.ask({ made: () => new Promise((resolve) => (arrive = () => resolve({ ...fresh, body: 'old' }))) });
    await world.clock.advance(0);
    await world.ask({ method: 'PUT' });
    const joined = world.ask({ made: { ...fresh, body: 'new' } });
    await world.clock.advance(0);
    arrive();
    expect((await slow).text).toBe('old');
    expect((await joined).text).toBe('new');
    expect((await world.ask()).text).toBe('new');
  });
});

describe('A purge', () => {
  it('drops a region, named by the route or by its configuration, and says how many answers that were', async () => {
    const world = new RouteWorld();
    await world.ask({ made: fresh });
    await world.ask({ made: fresh, path: '/products/2' });
    expect(await world.store.purge('others')).toBe(0);
    expect(await world.store.purge('products')).toBe(2);
    expect(await world.store.purge('products')).toBe(0);
    expect((await world.ask({ made: fresh })).text).toBe('answer 3');
    const named = new RouteWorld({ region: 'shop' });
    await named.ask({ made: fresh });
    expect(await named.store.purge('shop')).toBe(1);
  });

  it('drops one address of a service', async () => {
    const world = new RouteWorld();
    await world.ask({ made: fresh, query: 'a=1' });
    await world.ask({ made: fresh });
    expect(await world.store.purgeUrl('catalog', '/products/1?a=1')).toBe(1);
    expect((await world.ask({ made: fresh, query: 'a=1' })).text).toBe('answer 3');
    expect((await world.ask({ made: fresh })).text).toBe('answer 2');
  });

  it('keeps an answer out that was being fetched', async () => {
    const world = new RouteWorld();
    let arrive = () => {};
    const slow = world.ask({ made: () => new Promise((resolve) => (arrive = () => resolve(fresh))) });
    await world.clock.advance(0);
    await world.store.purge('products');
    arrive();
    await slow;
    expect((await world.ask({ made: fresh })).text).toBe('answer 2');
    expect(world.store.underWay).toBe(0);
  });
});

describe('A store that fails', () => {
  it('is one that has nothing', async () => {
    const world = new RouteWorld();
    for (const name of ['read', 'write', 'delete'] as const) {
      Object.defineProperty(world.entries, name, { value: () => Promise.reject(new Error('store is down')) });
    }
    expect((await world.ask({ made: fresh })).text).toBe('answer 1');
    expect((await world.ask({ made: fresh })).text).toBe('answer 2');
  });
});
