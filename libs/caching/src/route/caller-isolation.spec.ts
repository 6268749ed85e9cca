import { describe, expect, it } from 'vitest';
import { anonymousCaller } from '@portico/core';
import { RouteWorld, user, type Asking, type Made } from '../../test/route-world.js';
import type { RouteCacheOptions } from '../index.js';

const explicit: Made = { headers: { 'cache-control': 'max-age=60' } };
const silent: Made = {};

/** Who asks: a caller of the gateway, a credential that only the service knows, or somebody by what claims wrote into the request. */
const people: [string, Asking, Asking][] = [
  ['two callers', { caller: user('u1') }, { caller: user('u2') }],
  ['a caller and an anonymous one', { caller: user('u1') }, {}],
  ['callers whose keys are each other’s beginning', { caller: user('u1') }, { caller: user('u12') }],
  ['two cookies', { headers: { cookie: 'sid=1' } }, { headers: { cookie: 'sid=2' } }],
  ['a cookie and none', { headers: { cookie: 'sid=1' } }, {}],
  ['one caller with two cookies', { caller: user('u1'), headers: { cookie: 'sid=1' } }, { caller: user('u1'), headers: { cookie: 'sid=2' } }],
  ['two callers with the same cookie', { caller: user('u1'), headers: { cookie: 'sid=1' } }, { caller: user('u2'), headers: { cookie: 'sid=1' } }],
  ['two credentials that the gateway does not know', { headers: { authorization: 'Bearer a' } }, { headers: { authorization: 'Bearer b' } }],
  ['two callers with their tokens', { caller: user('u1'), headers: { authorization: 'Bearer a' } }, { caller: user('u2'), headers: { authorization: 'Bearer b' } }],
  ['one caller with two tokens', { caller: user('u1'), headers: { authorization: 'Bearer a' } }, { caller: user('u1'), headers: { authorization: 'Bearer b' } }],
  ['two callers whose path came from their claims', { caller: user('u1'), path: '/users/u1' }, { caller: user('u2'), path: '/users/u2' }],
  ['two callers whose query came from their claims', { caller: user('u1'), query: 'user=u1' }, { caller: user('u2'), query: 'user=u2' }],
];

const ways: [string, Partial<RouteCacheOptions>, Made][] = [
  ['an answer with max-age', {}, explicit],
  ['an answer that says nothing', { ttlMs: 60_000 }, silent],
  ['any answer under ttl-only', { honour: 'ttl-only', ttlMs: 60_000 }, silent],
  ['an answer that says public, under ttl-only', { honour: 'ttl-only', ttlMs: 60_000 }, { headers: { 'cache-control': 'public, s-maxage=60' } }],
];

describe.each(ways)('With %s', (_way, options, made) => {
  it.each(people)('%s do not share it', async (_who, one, other) => {
    const world = new RouteWorld(options);
    expect((await world.ask({ ...one, made })).text).toBe('answer 1');
    expect((await world.ask({ ...other, made })).text).toBe('answer 2');
    expect((await world.ask({ ...other, made })).text).not.toBe('answer 1');
  });

  it.each(people)('%s do not share it while it is fetched', async (_who, one, other) => {
    const world = new RouteWorld(options);
    let arrive = () => {};
    const first = world.ask({ ...one, made: () => new Promise((resolve) => (arrive = () => resolve({ ...made, body: 'the first’s' }))) });
    await world.clock.advance(0);
    const second = world.ask({ ...other, made });
    await world.clock.advance(0);
    arrive();
    expect((await first).text).toBe('the first’s');
    expect((await second).text).not.toBe('the first’s');
  });

  it('a caller without a key gets none, and leaves none', async () => {
    const world = new RouteWorld(options);
    const nameless = { ...anonymousCaller, kind: 'client' as const };
    expect((await world.ask({ made, caller: nameless })).did).toBe('fwd=bypass');
    expect((await world.ask({ made, caller: nameless })).text).toBe('answer 2');
    expect((await world.ask({ made })).text).toBe('answer 3');
  });
});

describe('An answer for everyone', () => {
  it.each(['public, max-age=60', 's-maxage=60'])('says %s, and then all share it, whatever their credentials', async (cacheControl) => {
    const world = new RouteWorld();
    const made = { headers: { 'cache-control': cacheControl } };
    await world.ask({ made, caller: user('u1'), headers: { authorization: 'Bearer a' } });
    for (const asking of [{ caller: user('u2') }, {}, { headers: { cookie: 'a=1' } }, { headers: { authorization: 'Bearer b' } }]) expect((await world.ask({ made, ...asking })).text).toBe('answer 1');
  });

  it('is not, where claims wrote who asks into a header field: that is part of the key', async () => {
    const world = new RouteWorld({}, { 'portico:claims': { toHeaders: { 'X-User': 'sub' } } });
    const made = { headers: { 'cache-control': 'public, max-age=60' } };
    await world.ask({ made, caller: user('u1'), headers: { 'x-user': 'u1' } });
    expect((await world.ask({ made, caller: user('u2'), headers: { 'x-user': 'u2' } })).text).toBe('answer 2');
    expect((await world.ask({ made, caller: user('u2') })).text).toBe('answer 3');
    expect((await world.ask({ made, caller: user('u3'), headers: { 'x-user': 'u1' } })).text).toBe('answer 1');
  });

  it('is not, where it varies by who asks', async () => {
    const world = new RouteWorld();
    const made = { headers: { 'cache-control': 'public, max-age=60', vary: 'Authorization' } };
    await world.ask({ made, headers: { authorization: 'Bearer a' } });
    expect((await world.ask({ made, headers: { authorization: 'Bearer b' } })).text).toBe('answer 2');
    expect((await world.ask({ made, headers: { authorization: 'Bearer a' } })).text).toBe('answer 1');
  });

  it('no longer is once the service takes it back: the old one does not stand in either', async () => {
    const world = new RouteWorld({ staleIfErrorMs: 600_000 });
    await world.ask({ made: { headers: { 'cache-control': 'public, max-age=1' } }, caller: user('u1') });
    await world.clock.advance(2_000);
    await world.ask({ made: explicit, caller: user('u1') });
    expect((await world.ask({ made: { status: 503 }, caller: user('u2') })).status).toBe(503);
  });
});

describe('What one caller is refused or told', () => {
  it.each([401, 403, 404])('does not become another one’s with status %i under ttl-only', async (status) => {
    const world = new RouteWorld({ honour: 'ttl-only', ttlMs: 60_000 });
    await world.ask({ made: { status }, caller: user('u1') });
    expect((await world.ask({ caller: user('u2') })).status).toBe(200);
    expect((await world.ask({ caller: user('u1') })).status).toBe(status);
  });

  it('cookies set for the one who fetched it reach neither those who waited nor those who come later', async () => {
    const world = new RouteWorld({ honour: 'ttl-only', ttlMs: 60_000 });
    let arrive = () => {};
    const made = () => new Promise<Made>((resolve) => (arrive = () => resolve({ headers: { 'set-cookie': 'sid=1' } })));
    const first = world.ask({ made });
    await world.clock.advance(0);
    const second = world.ask({ made });
    await world.clock.advance(0);
    arrive();
    expect((await first).headers.all('set-cookie')).toEqual(['sid=1']);
    expect((await second).headers.has('set-cookie')).toBe(false);
    expect((await world.ask()).headers.has('set-cookie')).toBe(false);
    expect(world.calls).toBe(1);
  });

  it('nothing by which someone could pass for someone else lies in the store', async () => {
    const world = new RouteWorld({ keyHeaders: ['authorization'] });
    const made = { headers: { 'cache-control': 'public, max-age=60', vary: 'authorization, cookie' } };
    const kept: unknown[] = [];
    const write = world.entries.write.bind(world.entries);
    world.entries.write = (key, entry, keepMs) => {
      kept.push(key, entry);
      write(key, entry, keepMs);
    };
    await world.ask({ made, caller: user('u1'), headers: { authorization: 'Bearer secret', cookie: 'sid=secret' } });
    expect(kept.length).toBe(4);
    expect(JSON.stringify(kept)).not.toContain('secret');
  });
});
