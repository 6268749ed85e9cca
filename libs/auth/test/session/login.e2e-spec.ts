import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '@portico/core/testing';
import { newKey } from '../little-issuer.js';
import type { WebSessionParts } from '../../src/session/web-session-parts.js';
import { Browser, header, location, refusal } from './browser.js';
import { LittleProvider } from './little-provider.js';
import { littleWebBff, origin } from './little-web-bff.js';

const clock = new ManualClock(Date.now());
let provider: LittleProvider;
let bff: WebSessionParts;
let browser: Browser;

beforeAll(async () => (provider = await LittleProvider.start(clock)));
afterAll(() => provider.stop());
beforeEach(() => {
  Object.assign(provider, { down: false, tokenStatus: undefined, tamper: {}, extra: {}, withRefreshToken: true, user: { sub: 'alice', sid: 's-1' } });
  provider.tokenRequests.length = 0;
  bff = littleWebBff(provider, clock);
  browser = new Browser(bff.endpoints, provider);
});

const user = async (who = browser) => JSON.parse((await who.call('/bff/user')).body) as { sub: string; claims: Record<string, unknown>; logoutUrl: string; expiresInS: number };
const faults = async (attempt: Promise<unknown>) => {
  const { code, status } = await refusal(attempt);
  return `${status} ${code}`;
};

describe('login', () => {
  it('sends the browser to the provider with PKCE, state and nonce, each new at every login', async () => {
    const answer = await browser.ask('/bff/login?returnUrl=/app');
    const asked = new URL(location(answer)).searchParams;
    expect(answer.status).toBe(302);
    expect(header(answer, 'cache-control')).toBe('no-store');
    expect(Object.fromEntries(asked)).toMatchObject({ response_type: 'code', client_id: 'web-bff', redirect_uri: `${origin}/bff/callback`, scope: 'openid offline_access shop.read' });
    expect(asked.get('code_challenge_method')).toBe('S256');
    expect(asked.get('code_challenge')).toMatch(/^[\w-]{43}$/);
    const again = new URL(location(await browser.ask('/bff/login?returnUrl=/app'))).searchParams;
    for (const name of ['state', 'nonce', 'code_challenge']) expect(again.get(name)).not.toBe(asked.get(name));
  });

  it('keeps the transaction in a short-lived cookie that nobody can read', async () => {
    const cookie = header(await browser.ask('/bff/login'), 'set-cookie') ?? '';
    expect(cookie).toMatch(/^__Host-portico-tx=[\w-]+; Path=\/; HttpOnly; Secure; SameSite=Lax; Max-Age=900$/);
  });

  it('keeps a transaction with the longest return address in one cookie', async () => {
    const cookie = header(await browser.ask(`/bff/login?returnUrl=/${'a'.repeat(2_047)}`), 'set-cookie') ?? '';
    expect(cookie.indexOf(';')).toBeLessThan(4_096);
  });

  it('ends with a session cookie that says nothing, and the user where he wanted to go', async () => {
    const answer = await browser.logIn('?returnUrl=/app?x=1%26y=%2520');
    expect([answer.status, location(answer)]).toEqual([302, '/app?x=1&y=%20']);
    const cookies = answer.headers.filter(([name]) => name === 'set-cookie').map(([, value]) => value);
    expect(cookies[0]).toMatch(/^__Host-portico=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
    expect(cookies[1]).toMatch(/^__Host-portico-tx=; .*Max-Age=0$/);
    expect(await user()).toMatchObject({ sub: 'alice', claims: { name: 'Alice', email: 'alice@shop.example' }, expiresInS: 1_800 });
    expect(Object.keys((await user()).claims).sort()).toEqual(['email', 'name', 'sub']);
  });

  it('gives a new id at each login, and ends the session before', async () => {
    await browser.logIn();
    const [old] = [browser.cookies.get('__Host-portico') ?? ''];
    // As a browser does: the strict cookie is not sent when it comes back from another site.
    const begun = await browser.ask('/bff/login');
    browser.cookies.delete('__Host-portico');
    await browser.follow(begun);
    expect(browser.cookies.get('__Host-portico')).not.toBe(old);
    expect((await user()).sub).toBe('alice');
    browser.cookies.set('__Host-portico', old);
    expect(await faults(user())).toBe('401 SESSION_MISSING');
  });

  it.each(['?returnUrl=/a&returnUrl=//evil', '?returnUrl[]=//evil', `?returnUrl=/${'a'.repeat(10_240)}`, '?returnUrl=https://evil.example/', '?returnUrl=', '?prompt=create%20x', '?prompt=none&prompt=none'])('refuses %s', async (query) => {
    const { status, headers } = await refusal(browser.ask(`/bff/login${query}`));
    expect([status, headers?.['set-cookie']]).toEqual([400, undefined]);
  });

  it('is refused without TLS, and sets no cookie', async () => {
    expect(await faults(browser.ask('/bff/login', { secure: false, headers: { host: '127.0.0.1' } }))).toBe('400 REQUEST_MALFORMED');
    expect(browser.cookies.size).toBe(0);
  });

  it('works without TLS in development, with plain cookies', async () => {
    const site = { publicOrigin: 'http://127.0.0.1:3000', allowInsecureCookies: true };
    const local = new Browser(littleWebBff(provider, clock, { site }).endpoints, provider);
    const { pathname, search } = provider.answerOf(location(await local.ask('/bff/login', { secure: false })));
    const answer = await local.ask(pathname + search, { secure: false });
    expect(header(answer, 'set-cookie')).toMatch(/^portico=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  });

  it('ends with 503 while the provider cannot be reached, and works once it can', async () => {
    provider.down = true;
    expect(await faults(browser.ask('/bff/login'))).toBe('503 AUTHORITY_UNAVAILABLE');
    provider.down = false;
    expect((await browser.logIn()).status).toBe(302);
  });
});

describe('webSessionParts', () => {
  const key = newKey('k');
  const made = (issuer: string, algorithm: 'ES256' | 'RS256') => () => littleWebBff(provider, clock, { provider: { issuer, clientId: 'web-bff', clientKey: { kid: 'k', algorithm, privateKey: key.privateKey } } });

  it('does not start with an issuer without TLS elsewhere, or with a key of another algorithm', () => {
    expect(made('http://id.shop.example', 'RS256')).toThrow(/https/);
    expect(made('http://127.0.0.1.evil.example', 'RS256')).toThrow(/https/);
    expect(made('https://id.shop.example', 'ES256')).toThrow(/ES256/);
    for (const issuer of ['https://id.shop.example', 'http://localhost:4000', 'http://[::1]:4000']) expect(made(issuer, 'RS256')).not.toThrow();
  });
});

describe('callback', () => {
  const callback = async (change: (url: URL) => void, login = '/bff/login') => {
    const url = provider.answerOf(location(await browser.ask(login)));
    change(url);
    return browser.ask(url.pathname + url.search);
  };

  it.each<[string, (url: URL) => void]>([
    ['a wrong state', (url) => url.searchParams.set('state', 'wrong')],
    ['no state', (url) => url.searchParams.delete('state')],
    ['the state twice', (url) => url.searchParams.append('state', url.searchParams.get('state') ?? '')],
    ['the code twice', (url) => url.searchParams.append('code', 'b')],
    ['a wrong iss', (url) => url.searchParams.set('iss', 'https://evil.example')],
    ['no iss', (url) => url.searchParams.delete('iss')],
    ['no cookie', () => browser.cookies.clear()],
    ['a forged cookie', () => browser.cookies.set('__Host-portico-tx', 'a'.repeat(200))],
    ['an error', (url) => void (url.searchParams.delete('code'), url.searchParams.set('error', 'access_denied'))],
  ])('refuses %s, and asks for no token', async (_what, change) => {
    const error = await refusal(callback(change));
    expect([error.status, error.code, error.detail]).toEqual([400, 'LOGIN_REFUSED', undefined]);
    expect(provider.tokenRequests).toEqual([]);
    expect(browser.cookies.has('__Host-portico')).toBe(false);
    expect(error.headers).toMatchObject({ 'cache-control': 'no-store', 'set-cookie': expect.stringMatching(/^__Host-portico-tx=;/) as string });
  });

  it('refuses a code that the provider does not know, without what the provider said', async () => {
    const error = await refusal(callback((url) => url.searchParams.set('code', 'unknown')));
    expect([error.status, error.detail]).toEqual([400, undefined]);
  });

  it('refuses a login that took longer than a quarter of an hour', async () => {
    const begun = await browser.ask('/bff/login');
    await clock.advance(900_000);
    expect(await faults(browser.follow(begun))).toBe('400 LOGIN_REFUSED');
  });

  it('works once, even for who kept the cookie', async () => {
    const begun = await browser.ask('/bff/login');
    const cookie = browser.cookieField;
    const { pathname, search } = provider.answerOf(location(begun));
    expect((await browser.ask(pathname + search)).status).toBe(302);
    expect(await faults(browser.ask(pathname + search))).toBe('400 LOGIN_REFUSED');
    expect(await faults(new Browser(bff.endpoints, provider).ask(pathname + search, { headers: { cookie } }))).toBe('400 LOGIN_REFUSED');
    expect(provider.tokenRequests).toHaveLength(1);
  });

  it.each<[string, LittleProvider['tamper']]>([
    ['another nonce', { claims: { nonce: 'other' } }],
    ['no nonce', { claims: { nonce: null } }],
    ['another aud', { claims: { aud: 'other' } }],
    ['another iss', { claims: { iss: 'https://evil.example' } }],
    ['an exp in the past', { claims: { exp: Math.floor(Date.now() / 1_000) - 60 } }],
    ['no sub', { claims: { sub: null } }],
    ['the client as sub', { claims: { sub: 'web-bff' } }],
    ['alg none', { header: { alg: 'none' } }],
    ['the signature of another key', { key: newKey('provider-1') }],
  ])('refuses an ID token with %s: there is no session', async (_what, tamper) => {
    provider.tamper = tamper;
    expect(await faults(browser.logIn())).toBe('400 LOGIN_REFUSED');
    expect(browser.cookies.size).toBe(0);
  });

  it('ends with 503 when the token endpoint fails, and tells nothing of it', async () => {
    provider.tokenStatus = 503;
    const error = await refusal(browser.logIn());
    expect([error.status, error.code, error.detail]).toEqual([503, 'AUTHORITY_UNAVAILABLE', undefined]);
  });

  it('begins a session that ends with the refresh token, as far as its life is known', async () => {
    provider.extra = { refresh_expires_in: 600 };
    await browser.logIn();
    expect((await user()).expiresInS).toBe(600);
  });

  it('begins a session that ends with the access token where there is no refresh token', async () => {
    provider.withRefreshToken = false;
    await browser.logIn();
    expect((await user()).expiresInS).toBe(60);
  });
});

describe('silent login', () => {
  it('begins a session where the provider knows the user, and ends at its page', async () => {
    const begun = await browser.ask('/bff/silent-login');
    expect(new URL(location(begun)).searchParams.get('prompt')).toBe('none');
    const answer = await browser.follow(begun);
    expect(location(answer)).toBe('/bff/silent-login-callback?result=ok');
    expect((await user()).sub).toBe('alice');
  });

  it('is no fault where the provider would have to ask', async () => {
    const answer = await browser.follow(await browser.ask('/bff/silent-login'), 'login_required');
    expect([answer.status, location(answer)]).toEqual([302, '/bff/silent-login-callback?result=login_required']);
    expect(browser.cookies.size).toBe(0);
    expect(location(await browser.follow(await browser.ask('/bff/login?prompt=none&returnUrl=/app'), 'login_required'))).toBe('/app');
  });

  it('does not take other errors, or that one where the user was to be asked, for an answer', async () => {
    expect(await faults(browser.follow(await browser.ask('/bff/silent-login'), 'invalid_scope'))).toBe('400 LOGIN_REFUSED');
    expect(await faults(browser.follow(await browser.ask('/bff/login'), 'login_required'))).toBe('400 LOGIN_REFUSED');
  });

  it('has a page that tells its own origin only, runs one script, and is framed by its own site only', async () => {
    const answer = await browser.ask('/bff/silent-login-callback?result=</script>');
    expect(answer.status).toBe(200);
    const nonce = /script-src 'nonce-([^']+)'; .*frame-ancestors 'self'$/.exec(header(answer, 'content-security-policy') ?? '')?.[1];
    expect(answer.body).toContain(`<script nonce="${nonce}">parent.postMessage({"source":"portico-silent-login","result":"unknown"}, "${origin}")</script>`);
    expect(header(answer, 'cache-control')).toBe('no-store');
    expect((await browser.ask('/bff/silent-login-callback?result=ok')).body).toContain('"result":"ok"');
  });
});
