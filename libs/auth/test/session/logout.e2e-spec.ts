import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '@portico/core/testing';
import type { WebSessionParts } from '../../src/session/web-session-parts.js';
import { MemorySessionStore } from '../../src/session/memory-session.store.js';
import { signToken } from '../little-issuer.js';
import { Browser, header, location, refusal } from './browser.js';
import { LittleProvider } from './little-provider.js';
import { littleWebBff, origin } from './little-web-bff.js';

const clock = new ManualClock(Date.now());
const reported: unknown[] = [];
let provider: LittleProvider;
let store: MemorySessionStore;
let bff: WebSessionParts;
let browser: Browser;

beforeAll(async () => (provider = await LittleProvider.start(clock)));
afterAll(() => provider.stop());
beforeEach(async () => {
  Object.assign(provider, { down: false, user: { sub: 'alice', sid: 's-1' } });
  provider.revoked.length = 0;
  reported.length = 0;
  store = new MemorySessionStore(clock);
  bff = littleWebBff(provider, clock, {}, { store, onError: (error) => reported.push(error) });
  browser = new Browser(bff.endpoints, provider);
  await browser.logIn();
});

const status = async (attempt: Promise<unknown>): Promise<number> => (await refusal(attempt)).status;
const isLoggedIn = async (who = browser): Promise<boolean> => who.call('/bff/user').then(() => true, () => false);

describe('user', () => {
  it('answers 401 without a session', async () => {
    expect(await status(new Browser(bff.endpoints, provider).call('/bff/user'))).toBe(401);
  });

  it('answers 403 without the header that no other site can send', async () => {
    expect(await status(browser.ask('/bff/user'))).toBe(403);
  });

  it('extends the session, unless it is asked not to', async () => {
    await clock.advance(1_200_000);
    await browser.call('/bff/user?slide=false');
    await clock.advance(599_999);
    expect(await isLoggedIn()).toBe(true);
    await clock.advance(1_799_999);
    expect(await isLoggedIn()).toBe(true);
    await clock.advance(1_000_000);
    await browser.call('/bff/user?slide=false');
    await clock.advance(800_000);
    expect(await isLoggedIn()).toBe(false);
  });

  it('answers 401 after the idle limit', async () => {
    await clock.advance(1_800_001);
    expect(await status(browser.call('/bff/user'))).toBe(401);
  });

  it('answers 401 after the absolute limit, however often it is asked', async () => {
    for (let minutes = 0; minutes < 8 * 60; minutes += 10) {
      expect(await isLoggedIn()).toBe(true);
      await clock.advance(600_000);
    }
    expect(await isLoggedIn()).toBe(false);
  });

  it('says nothing that could be a token', async () => {
    const { body } = await browser.call('/bff/user');
    expect(body).not.toMatch(/eyJ|access-|refresh-/);
    expect(JSON.parse(body)).toMatchObject({ logoutUrl: '/bff/logout?sid=s-1' });
  });

  it('answers 503 when the store is down', async () => {
    store.read = () => {
      throw new Error('connection lost');
    };
    expect((await refusal(browser.call('/bff/user'))).code).toBe('SESSIONS_UNAVAILABLE');
  });
});

describe('logout', () => {
  it('ends the session here, revokes the refresh token, and goes on to the provider', async () => {
    const cookie = browser.cookieField;
    const answer = await browser.ask('/bff/logout?sid=s-1&returnUrl=/bye');
    const to = new URL(location(answer));
    expect([answer.status, to.origin + to.pathname]).toEqual([302, `${provider.url}/end`]);
    expect(to.searchParams.get('post_logout_redirect_uri')).toBe(`${origin}/bye`);
    expect(to.searchParams.get('id_token_hint')).toMatch(/^eyJ/);
    expect(header(answer, 'set-cookie')).toBe('__Host-portico=; Path=/; HttpOnly; Secure; SameSite=Strict; Max-Age=0');
    expect(header(answer, 'cache-control')).toBe('no-store');
    expect(provider.revoked).toEqual([expect.stringMatching(/^refresh-/)]);
    expect(await status(browser.ask('/bff/user', { headers: { cookie, 'x-csrf': '1' } }))).toBe(401);
  });

  it.each(['', '?sid=', '?sid=s-2', '?sid=s-1&sid=s-1', '?sid=s-1&returnUrl=//evil.example', '?sid=s-1&returnUrl=/.//evil.example', '?sid=s-1&returnUrl=%2Fa%0D%0ASet-Cookie%3A%20x%3D1'])(
    'refuses %j, without the right sid in its answer, and nothing ends',
    async (query) => {
      const error = await refusal(browser.ask(`/bff/logout${query}`));
      expect(error.status).toBe(400);
      expect(`${error.detail} ${JSON.stringify(error.faults)}`).not.toContain('s-1');
      expect(await isLoggedIn()).toBe(true);
    },
  );

  it('ends the session while the provider is down', async () => {
    provider.down = true;
    const answer = await browser.ask('/bff/logout?sid=s-1&returnUrl=/bye');
    expect([answer.status, location(answer)]).toEqual([302, '/bye']);
    expect(await isLoggedIn()).toBe(false);
    expect(store.size).toBe(0);
    expect(reported).toHaveLength(1);
  });

  it('sends who has no session any more straight back', async () => {
    await clock.advance(1_800_001);
    expect(location(await browser.ask('/bff/logout?sid=s-1'))).toBe('/');
  });
});

describe('backchannel', () => {
  const event = { 'http://schemas.openid.net/event/backchannel-logout': {} };
  const claims = (over: Record<string, unknown>) => {
    const iat = Math.floor(clock.epochMs() / 1_000);
    return { iss: provider.url, aud: 'web-bff', iat, exp: iat + 120, jti: `j-${Math.random()}`, events: event, ...over };
  };
  const token = (over: Record<string, unknown> = {}, head: Record<string, unknown> = {}) => signToken(provider.key, { typ: 'logout+jwt', ...head }, claims({ sid: 's-1', ...over }));
  const post = (logoutToken: string, type = 'application/x-www-form-urlencoded') =>
    new Browser(bff.endpoints, provider).ask('/bff/backchannel', { method: 'POST', headers: { 'content-type': type }, form: new URLSearchParams({ logout_token: logoutToken }) });

  it('ends the session of its sid only, without any header of ours', async () => {
    provider.user = { sub: 'alice', sid: 's-2' };
    const other = new Browser(bff.endpoints, provider);
    await other.logIn();
    const answer = await post(token({ sub: 'alice' }));
    expect([answer.status, header(answer, 'cache-control'), answer.body]).toEqual([200, 'no-store', '']);
    expect([await isLoggedIn(), await isLoggedIn(other)]).toEqual([false, true]);
  });

  it('ends all sessions of a user where the token names no sid', async () => {
    provider.user = { sub: 'alice', sid: 's-2' };
    const other = new Browser(bff.endpoints, provider);
    await other.logIn();
    await post(token({ sid: null, sub: 'alice' }));
    expect([await isLoggedIn(), await isLoggedIn(other)]).toEqual([false, false]);
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['a nonce', { nonce: 'n' }, {}],
    ['events that are no object', { events: 'x' }, {}],
    ['another aud', { aud: 'other' }, {}],
    ['an iat of an hour ago', { iat: Math.floor(Date.now() / 1_000) - 3_600 }, {}],
    ['alg none', {}, { alg: 'none' }],
    ['neither sid nor sub', { sid: null }, {}],
  ])('refuses a token with %s, and nothing ends', async (_what, over, head) => {
    const error = await refusal(post(token(over, head)));
    expect([error.status, error.headers?.['cache-control']]).toEqual([400, 'no-store']);
    expect(await isLoggedIn()).toBe(true);
  });

  it('takes a token once', async () => {
    const once = token();
    await post(once);
    expect(await status(post(once))).toBe(400);
  });

  it('takes a form only', async () => {
    for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencodedx']) expect(await status(post(token(), type))).toBe(400);
    const form = new URLSearchParams([['logout_token', token()], ['logout_token', token()]]);
    expect(await status(browser.ask('/bff/backchannel', { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, form }))).toBe(400);
    expect(await isLoggedIn()).toBe(true);
  });

  it('is no address to read', async () => {
    const { status, headers } = await refusal(browser.ask('/bff/backchannel'));
    expect([status, headers]).toEqual([405, { allow: 'POST', 'cache-control': 'no-store' }]);
    expect(await refusal(browser.ask('/bff/logout?sid=s-1', { method: 'POST' }))).toMatchObject({ status: 405 });
  });

  it('answers 503, never kept, when the store is down', async () => {
    store.deleteBySid = () => {
      throw new Error('connection lost');
    };
    expect(await refusal(post(token()))).toMatchObject({ status: 503, headers: { 'cache-control': 'no-store' } });
  });
});
