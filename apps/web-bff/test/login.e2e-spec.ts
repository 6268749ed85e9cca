import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestGateway, startTestShop, TestBrowser, type BrowserAnswer, type TestGateway, type TestShop } from '@portico/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { webBff } from '../src/web-bff.js';

const origin = 'https://shop.example';
const sessionCookie = '__Host-portico';
const asPage = { headers: { 'x-csrf': '1' } };

let folder: string;
let shop: TestShop;
let bff: TestGateway;
let browser: TestBrowser;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portico-login-'));
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const keyFile = join(folder, 'client-key.json');
  await writeFile(keyFile, JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid: 'k' }));
  shop = await startTestShop({
    SHOP_WEB_JWKS: JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'ES256', use: 'sig' }] }),
    SHOP_WEB_REDIRECT_URIS: `${origin}/bff/callback`,
    SHOP_WEB_POST_LOGOUT_REDIRECT_URIS: `${origin}/`,
  });
  bff = await startTestGateway(webBff, shop.origins, { auth: { issuer: identity() }, session: { publicOrigin: origin, keyFile }, http: { trustedProxies: ['127.0.0.1'] } });
});
afterAll(async () => {
  await bff.close();
  await shop.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => (browser = new TestBrowser({ [origin]: bff.url })));
afterEach(() => provider({}));

const identity = (): string => shop.origins['identity'] ?? '';
const page = (path: string): Promise<BrowserAnswer> => browser.ask(`${origin}${path}`, asPage);
const session = (): string => browser.cookie(origin, sessionCookie) ?? '';

/** How the provider misbehaves from now on. */
async function provider(faults: object): Promise<void> {
  const { status } = await fetch(`${identity()}/__faults/identity`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(faults) });
  expect(status).toBe(200);
}

const tokenRequests = async (): Promise<number> => (await shop.requests('identity')).filter(({ method, url }) => method === 'POST' && url === '/token').length;

/** Begins a login, signs in as Ann when the provider asks, and stops before the callback. */
async function callback(query = ''): Promise<URL> {
  const until = `${origin}/bff/callback`;
  const asked = await browser.visit(`${origin}/bff/login${query}`, {}, until);
  const form = /action="([^"]+)"/.exec(asked.text)?.[1];
  const { location } = form ? await browser.visit(`${identity()}${form}`, { form: { user: 'ann' } }, until) : asked;
  if (!location) throw new Error(`No way back: ${asked.status} ${asked.text}`);
  return location;
}

const login = async (query = ''): Promise<BrowserAnswer> => browser.ask(await callback(query), {}, identity());

/** Where the signed-in user signs out. */
async function logoutUrl(): Promise<string> {
  const user = JSON.parse((await page('/bff/user')).text) as { logoutUrl: string };
  return origin + user.logoutUrl;
}

describe('login with the identity service', () => {
  it('sets a cookie for this host alone, that no script reads and that says nothing [COOK-001]', async () => {
    const answer = await login('?returnUrl=/app');
    expect([answer.status, answer.location?.href]).toEqual([302, `${origin}/app`]);
    expect(answer.setCookies[0]).toMatch(/^__Host-portico=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
    expect(answer.setCookies.join()).not.toMatch(/domain=/i);
    expect((await page('/api/account')).text).toContain('"id":"c-ann"');
  });

  it('shows no token to the browser from login to logout [COOK-003]', async () => {
    await login();
    const url = await logoutUrl();
    await page('/api/home');
    const left = await browser.ask(url);
    expect(left.location?.origin).toBe(identity());
    // The hint of the logout is for the provider.
    const shown = browser.seen.filter((answer) => answer !== left);
    const texts = shown.map(({ text, headers, setCookies }) => text + JSON.stringify([...headers]) + setCookies.join());
    for (const text of texts) expect(text).not.toMatch(/eyJ[\w-]+\.eyJ|access_token|refresh_token|client_assertion/);
    expect((await page('/bff/user')).status).toBe(401);
  });

  it('gives another id at the next login, and the one before is worth nothing [COOK-005]', async () => {
    await login();
    const before = session();
    await login();
    expect(session()).not.toBe(before);
    expect((await page('/bff/user')).status).toBe(200);
    browser.setCookie(origin, sessionCookie, before);
    expect((await page('/bff/user')).status).toBe(401);
  });

  it.each<[string, (url: URL) => void]>([
    ['a wrong state [OIDC-003]', (url) => url.searchParams.set('state', 'wrong')],
    ['the code twice [OIDC-006]', (url) => url.searchParams.append('code', 'b')],
  ])('refuses a callback with %s', async (_what, change) => {
    const url = await callback();
    change(url);
    expect((await browser.ask(url, {}, identity())).status).toBe(400);
    expect(session()).toBe('');
  });

  it('takes a callback once [OIDC-005]', async () => {
    const url = await callback();
    const transaction = browser.cookie(origin, '__Host-portico-tx') ?? '';
    expect((await browser.ask(url, {}, identity())).status).toBe(302);
    browser.setCookie(origin, '__Host-portico-tx', transaction);
    expect((await browser.ask(url)).status).toBe(400);
  });

  it.each(['nonce', 'audience', 'issuer', 'unsigned', 'expired'])('begins no session with an ID token that is wrong in: %s [OIDC-008]', async (nextIdToken) => {
    await provider({ nextIdToken });
    expect((await login()).status).toBe(400);
    expect(session()).toBe('');
  });

  it('signs in silently who is signed in at the provider, and nobody else [OIDC-011]', async () => {
    const refused = await browser.visit(`${origin}/bff/silent-login`);
    expect([refused.status, session()]).toEqual([200, '']);
    await login();
    const before = session();
    const done = await browser.visit(`${origin}/bff/silent-login`);
    expect(done.status).toBe(200);
    expect(done.text).not.toBe(refused.text);
    expect(session()).not.toBe(before);
    expect((await page('/bff/user')).status).toBe(200);
  });
});

describe('a session of the identity service', () => {
  it('is kept while the provider fails to renew its token, and renews it once for twenty calls when it can [OIDC-022]', async () => {
    await provider({ accessTokenSeconds: 1 });
    await login();
    await provider({ tokenStatus: 503 });
    // The token at hand is good for the rest of its second.
    await expect.poll(async () => (await page('/api/account')).status, { timeout: 10_000 }).toBe(503);
    const before = session();
    await provider({ tokenDelayMs: 50 });
    const asked = await tokenRequests();
    const answers = await Promise.all(Array.from({ length: 20 }, () => page('/api/account')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect((await tokenRequests()) - asked).toBe(1);
    expect(session()).toBe(before);
  });

  it('ends also while the provider cannot be reached [OIDC-016]', async () => {
    await login();
    const id = session();
    const url = await logoutUrl();
    await shop.faults('identity', { resetRate: 1 });
    const left = await browser.ask(url);
    await shop.faults('identity', {});
    expect([left.status, left.location?.href, session()]).toEqual([302, `${origin}/`, '']);
    browser.setCookie(origin, sessionCookie, id);
    expect((await page('/bff/user')).status).toBe(401);
  });

  it('does not come back with an answer that was under way at its logout [OIDC-018]', async () => {
    await login();
    const id = session();
    const url = await logoutUrl();
    await shop.faults('customers', { latencyMs: 300 });
    const slow = page('/api/account');
    await browser.ask(url);
    expect((await slow).setCookies).toEqual([]);
    await shop.faults('customers', {});
    browser.setCookie(origin, sessionCookie, id);
    expect((await page('/bff/user')).status).toBe(401);
  });
});
