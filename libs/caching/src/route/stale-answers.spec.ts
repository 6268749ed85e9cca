import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { PorticoError, type ErrorCode } from '@portico/core';
import { RouteWorld, type Made } from '../../test/route-world.js';
import type { RouteCacheOptions } from '../index.js';

const withCacheControl = (cacheControl: string, further = {}): Made => ({ headers: { 'cache-control': cacheControl, ...further } });

async function staleAfter(seconds: number, made: Made, options: Partial<RouteCacheOptions> = {}): Promise<RouteWorld> {
  const world = new RouteWorld(options);
  await world.ask({ made });
  await world.clock.advance(seconds * 1_000);
  world.events.length = 0;
  return world;
}

describe('Revalidation (RFC 9111 4.3)', () => {
  const tagged = withCacheControl('max-age=60', { etag: '"v1"', 'x-a': 'old', 'content-type': 'text/plain' });

  it.each<[string, Record<string, string>, Record<string, string>]>([
    ['its tag', { etag: '"v1"' }, { 'if-none-match': '"v1"' }],
    ['its weak tag', { etag: 'W/"v1"' }, { 'if-none-match': 'W/"v1"' }],
    ['its date', { 'last-modified': 'Wed, 31 Dec 2025 00:00:00 GMT' }, { 'if-modified-since': 'Wed, 31 Dec 2025 00:00:00 GMT' }],
    ['nothing', {}, {}],
  ])('asks by %s, not by the client’s condition', async (_what, validators, sent) => {
    const world = await staleAfter(60, withCacheControl('max-age=60, stale-if-error=600', validators));
    await world.ask({ headers: { 'if-none-match': '"client"', accept: 'x' } });
    expect(world.sent[1]).toMatchObject(sent);
    expect(Object.keys(world.sent[1] ?? {})).toEqual(['accept', ...Object.keys(sent)]);
  });

  it('gives the kept body again when the service confirms it, and keeps what the 304 says anew', async () => {
    const world = await staleAfter(60, tagged);
    const confirmed = await world.ask({ made: { status: 304, body: '', headers: { etag: '"v1"', 'cache-control': 'max-age=30', 'x-a': 'new', 'x-b': '1', 'content-type': 'text/html', 'content-length': '0' } } });
    expect([confirmed.status, confirmed.text, confirmed.did]).toEqual([200, 'answer 1', 'fwd=stale; fwd-status=304; stored; ttl=30']);
    await world.clock.advance(29_000);
    const hit = await world.ask();
    expect([hit.text, hit.did, world.calls]).toEqual(['answer 1', 'hit; ttl=1', 2]);
    expect(Object.fromEntries(hit.headers)).toMatchObject({ 'x-a': 'new', 'x-b': '1', 'content-type': 'text/plain', 'content-length': '8', age: '29' });
    await world.clock.advance(1_000);
    expect((await world.ask({ made: tagged })).text).toBe('answer 3');
  });

  it('takes a 304 without a validator for what it was asked', async () => {
    const world = await staleAfter(60, tagged);
    expect((await world.ask({ made: { status: 304, body: '' } })).text).toBe('answer 1');
  });

  it('asks again without a condition when the 304 speaks of another answer', async () => {
    const world = await staleAfter(60, tagged);
    const made = async () => (world.calls === 2 ? { status: 304, body: Readable.from([]), headers: { etag: '"v9"' } } : tagged);
    expect((await world.ask({ made })).text).toBe('answer 3');
    expect([world.calls, world.sent[2]]).toEqual([3, {}]);
  });

  it('replaces it when the service sends another one', async () => {
    const world = await staleAfter(60, tagged);
    const other = withCacheControl('max-age=60', { etag: '"v2"' });
    expect((await world.ask({ made: other })).text).toBe('answer 2');
    expect((await world.ask()).text).toBe('answer 2');
  });

  it('answers the client’s own condition by what came of it', async () => {
    const world = await staleAfter(60, tagged);
    const got = await world.ask({ headers: { 'if-none-match': '"v1"' }, made: { status: 304, body: '', headers: { etag: '"v1"' } } });
    expect([got.status, got.text]).toEqual([304, '']);
    expect((await world.ask()).text).toBe('answer 1');
  });

  it.each<[string, Record<string, string>]>([
    ['no-store', { 'cache-control': 'no-store' }],
    ['private', { 'cache-control': 'private' }],
    ['a cookie', { 'set-cookie': 'a=1' }],
  ])('gives it once more and drops it when the 304 comes with %s', async (_what, fields) => {
    const world = await staleAfter(60, tagged);
    const got = await world.ask({ made: { status: 304, body: '', headers: { etag: '"v1"', ...fields } } });
    expect([got.text, got.headers.get('set-cookie')]).toEqual(['answer 1', fields['set-cookie']]);
    expect(got.headers.get('cache-control')).toBe(fields['cache-control'] ?? 'max-age=60');
    expect((await world.ask({ made: tagged })).did).toBe('fwd=uri-miss; stored');
  });

  it('drops the old answer when the service’s new one is not to be kept', async () => {
    const world = await staleAfter(60, withCacheControl('max-age=60, stale-if-error=600', { etag: '"v1"' }));
    await world.ask({ made: withCacheControl('no-store') });
    expect((await world.ask({ made: { status: 503 } })).status).toBe(503);
  });

  it('is needed each time after no-cache, and spares the body', async () => {
    const world = await staleAfter(0, withCacheControl('no-cache', { etag: '"v1"' }));
    for (let round = 0; round < 2; round++) expect((await world.ask({ made: { status: 304, body: '', headers: { etag: '"v1"' } } })).text).toBe('answer 1');
    expect(world.sent.slice(1)).toEqual([{ 'if-none-match': '"v1"' }, { 'if-none-match': '"v1"' }]);
  });

  it('is what no-cache of a client leads to', async () => {
    const world = await staleAfter(1, tagged);
    const got = await world.ask({ headers: { 'cache-control': 'no-cache' }, made: { status: 304, body: '' } });
    expect([got.text, world.sent[1]?.['if-none-match'], got.did]).toEqual(['answer 1', '"v1"', 'fwd=request; fwd-status=304; stored; ttl=60']);
  });
});

describe('stale-while-revalidate (RFC 5861 3)', () => {
  it.each<[string, Made, Partial<RouteCacheOptions>, seconds: number, given: boolean]>([
    ['the service allows it', withCacheControl('max-age=60, stale-while-revalidate=30'), {}, 89, true],
    ['its time is over', withCacheControl('max-age=60, stale-while-revalidate=30'), {}, 90, false],
    ['the route allows it', withCacheControl('max-age=60'), { staleWhileRevalidateMs: 30_000 }, 89, true],
    ['the route allows it for a silent service', {}, { staleWhileRevalidateMs: 30_000, ttlMs: 60_000 }, 89, true],
    ['the route allows it under ttl-only', {}, { staleWhileRevalidateMs: 30_000, ttlMs: 60_000, honour: 'ttl-only' }, 89, true],
    ['the service allows none, the route does', withCacheControl('max-age=60, stale-while-revalidate=0'), { staleWhileRevalidateMs: 30_000 }, 61, false],
    ['the service says s-maxage, the route allows it', withCacheControl('s-maxage=60'), { staleWhileRevalidateMs: 30_000 }, 61, false],
    ['the service says s-maxage and allows it', withCacheControl('s-maxage=60, stale-while-revalidate=30'), {}, 61, true],
    ['the service forbids it', withCacheControl('max-age=60, must-revalidate, stale-while-revalidate=30'), {}, 61, false],
    ['the service forbids it, the route does not', withCacheControl('max-age=60, proxy-revalidate'), { staleWhileRevalidateMs: 30_000 }, 61, false],
  ])('when %s', async (_when, made, options, seconds, given) => {
    const world = await staleAfter(seconds, made, options);
    expect((await world.ask({ made })).text).toBe(given ? 'answer 1' : 'answer 2');
  });

  const made = withCacheControl('max-age=60, stale-while-revalidate=30', { etag: '"v1"' });

  it('gives the stale answer at once, and fetches one new answer behind it', async () => {
    const world = await staleAfter(70, made);
    let arrive = (_made: Made) => {};
    const slow = () => new Promise<Made>((resolve) => (arrive = resolve));
    const stale = await world.ask({ made: slow, headers: { 'if-none-match': '"client"' } });
    expect([stale.text, stale.did, stale.headers.get('age')]).toEqual(['answer 1', 'hit; ttl=-10', '70']);
    await world.ask({ made: slow });
    expect([world.calls, world.sent[1]]).toEqual([2, { 'if-none-match': '"v1"' }]);
    arrive({ ...made, body: Readable.from([Buffer.from('new '), Buffer.from('answer')]) });
    await world.clock.advance(0);
    expect((await world.ask()).text).toBe('new answer');
    expect([world.calls, world.store.underWay, world.clock.pending]).toEqual([2, 0, 0]);
    expect(world.events).toEqual(['catalog cache-hit', 'catalog cache-hit', 'catalog cache-hit']);
  });

  it('goes on with the old one when the service confirms it', async () => {
    const world = await staleAfter(70, made);
    await world.ask({ made: { status: 304, body: '', headers: { etag: '"v1"' } } });
    await world.clock.advance(0);
    expect((await world.ask()).did).toBe('hit; ttl=60');
  });

  it.each<[string, () => Promise<Made>]>([
    ['fails', () => Promise.reject(new PorticoError('SERVICE_UNAVAILABLE'))],
    ['answers 500', async () => ({ status: 500 })],
    ['breaks off', async () => ({ ...made, body: Readable.from((async function* () { yield Buffer.from('new'); throw new Error('reset'); })()) })],
  ])('tries again at the next request when the refresh %s', async (_what, failing) => {
    const world = await staleAfter(70, made);
    expect((await world.ask({ made: failing })).text).toBe('answer 1');
    await world.clock.advance(0);
    expect((await world.ask({ made: { ...made, body: 'new' } })).text).toBe('answer 1');
    await world.clock.advance(0);
    expect((await world.ask()).text).toBe('new');
    expect([world.calls, world.store.underWay]).toEqual([3, 0]);
  });

  it('gives up a refresh whose body does not come within its own deadline', async () => {
    const world = await staleAfter(70, made);
    const body = new Readable({ read() {} });
    body.push('part');
    await world.ask({ made: async () => ({ ...made, body }), deadlineMs: 1_000 });
    await world.clock.advance(999);
    expect(body.destroyed).toBe(false);
    await world.clock.advance(1);
    expect([body.destroyed, world.store.underWay]).toEqual([true, 0]);
  });

  it('is followed by a wait, not by a second call, when the time is over while the refresh still runs', async () => {
    const world = await staleAfter(89, made);
    let arrive = () => {};
    await world.ask({ made: () => new Promise((resolve) => (arrive = () => resolve({ ...made, body: 'new' }))), deadlineMs: 10_000 });
    await world.clock.advance(2_000);
    const waiting = world.ask();
    await world.clock.advance(0);
    arrive();
    expect([(await waiting).text, world.calls]).toEqual(['new', 2]);
  });

  it('is taken over by one of those who wait when it is given up with the request that began it', async () => {
    const world = await staleAfter(89, made);
    const context = world.context({ deadlineMs: 10_000 });
    let fail = () => {};
    const gone = new PorticoError('CLIENT_CLOSED');
    await world.ask({ made: () => new Promise((_resolve, reject) => (fail = () => reject(gone))) }, context);
    await world.clock.advance(2_000);
    const waiting = [world.ask({ made }), world.ask({ made })];
    await world.clock.advance(0);
    context.cancellation.cancel(gone);
    fail();
    expect((await Promise.all(waiting)).map(({ text }) => text)).toEqual(['answer 3', 'answer 3']);
  });
});

describe('stale-if-error (RFC 5861 4)', () => {
  const failures: [string, () => Promise<Made>][] = [
    ...([500, 502, 503, 504, 507].map((status) => [`status ${status}`, async () => ({ status })]) as [string, () => Promise<Made>][]),
    ...((['SERVICE_UNAVAILABLE', 'SERVICE_TIMEOUT', 'SERVICE_ANSWER_INVALID'] satisfies ErrorCode[]).map((code) => [code, () => Promise.reject(new PorticoError(code))]) as [string, () => Promise<Made>][]),
  ];
  it.each(failures)('gives the stale answer in place of %s, and says so', async (_what, made) => {
    const world = await staleAfter(70, withCacheControl('max-age=60, stale-if-error=30'));
    const context = world.context();
    const got = await world.ask({ made }, context);
    expect([got.status, got.text, got.did]).toEqual([200, 'answer 1', 'hit; detail=stale-if-error; ttl=-10']);
    expect(context.degraded).toEqual([{ part: 'products', reason: 'stale' }]);
    expect(world.store.underWay).toBe(0);
  });

  it.each<[string, Made, Partial<RouteCacheOptions>, seconds: number, given: boolean]>([
    ['the service allows it', withCacheControl('max-age=60, stale-if-error=30'), {}, 89, true],
    ['its time is over', withCacheControl('max-age=60, stale-if-error=30', { etag: '"a"' }), {}, 90, false],
    ['the route allows it', withCacheControl('max-age=60'), { staleIfErrorMs: 30_000 }, 89, true],
    ['nobody allows it', withCacheControl('max-age=60', { etag: '"a"' }), {}, 61, false],
    ['the service forbids it', withCacheControl('max-age=60, must-revalidate', { etag: '"a"' }), { staleIfErrorMs: 30_000 }, 61, false],
    ['the route allows it under ttl-only', {}, { staleIfErrorMs: 30_000, ttlMs: 60_000, honour: 'ttl-only' }, 89, true],
    ['what is kept is a failure itself', { status: 500 }, { staleIfErrorMs: 30_000, ttlMs: 60_000, honour: 'ttl-only' }, 61, false],
  ])('when %s', async (_when, made, options, seconds, given) => {
    const world = await staleAfter(seconds, made, options);
    const failing = await world.ask({ made: { status: 503, body: 'down' } });
    expect(failing.text).toBe(given ? 'answer 1' : 'down');
  });

  it.each(['CLIENT_CLOSED', 'INTERNAL'] satisfies ErrorCode[])('does not hide %s', async (code) => {
    const world = await staleAfter(70, withCacheControl('max-age=60, stale-if-error=30'));
    await expect(world.ask({ made: () => Promise.reject(new PorticoError(code)) })).rejects.toMatchObject({ code });
  });

  it('lets go of the body of the failure', async () => {
    const world = await staleAfter(70, withCacheControl('max-age=60, stale-if-error=30'));
    const body = new Readable({ read() {} });
    await world.ask({ made: { status: 503, body } });
    expect(body.destroyed).toBe(true);
  });

  it('spares a failing service the calls of those who wait', async () => {
    const world = await staleAfter(70, withCacheControl('max-age=60, stale-if-error=30'));
    let fail = () => {};
    const made = () => new Promise<Made>((resolve) => (fail = () => resolve({ status: 503 })));
    const asking = [world.ask({ made }), world.ask({ made }), world.ask({ made })];
    await world.clock.advance(0);
    fail();
    expect((await Promise.all(asking)).map(({ text }) => text)).toEqual(['answer 1', 'answer 1', 'answer 1']);
    expect(world.calls).toBe(2);
  });
});
