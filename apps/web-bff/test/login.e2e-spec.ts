import { startTestGateway, TestBrowser, type BrowserAnswer, type TestGateway } from '@portico/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { webBff } from '../src/web-bff.js';
import { callbackOf, origin, sessionCookie, startLoginShop, type LoginShop } from './shop-login.js';

const asPage = { headers: { 'x-csrf': '1' } };

let shop: LoginShop;
let bff: TestGateway;
let browser: TestBrowser;

beforeAll(async () => {
  shop = await startLoginShop();
  bff = await startTestGateway(webBff, shop.origins, { auth: { issuer: shop.identity, clientKeyFile: shop.clientKeyFile }, session: { publicOrigin: origin }, http: { trustedProxies: ['127.0.0.1'] } });
});
afterAll(async () => {
  await bff.close();
  await shop.close();
});
beforeEach(() => (browser = new TestBrowser({ [origin]: bff.url })));
afterEach(() => shop.provider({}));

const page = (path: string): Promise<BrowserAnswer> => browser.ask(`${origin}${path}`, asPage);
const session = (): string => browser.cookie(origin, sessionCookie) ?? '';
const callback = (query = ''): Promise<URL> => callbackOf(browser, shop.identity, query);
const login = async (query = ''): Promise<BrowserAnswer> => browser.ask(await callback(query), {}, shop.identity);

/** Where the signed-in user signs out. */
async function logoutUrl(): Promise<string> {
  const user = JSON.parse((await page('/bff/user')).text) as { logoutUrl: string };
  return origin + user.logoutUrl;
}

describe('login with the identity service', () => {
  it('COOK-001 sets a cookie for this host alone, that no script reads and that says nothing', async () => {
    const answer = await login('?returnUrl=/app');
    expect([answer.status, answer.location?.href]).toEqual([302, `${origin}/app`]);
    expect(answer.setCookies[0]).toMatch(/^__Host-portico=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
    expect(answer.setCookies.join()).not.toMatch(/domain=/i);
    expect((await page('/api/account')).text).toContain('"id":"c-ann"');
  });

  it('COOK-003 shows no token to the browser from login to logout', async () => {
    await login();
    const url = await logoutUrl();
    await page('/api/home');
    const left = await browser.ask(url);
    expect(left.location?.origin).toBe(shop.identity);
    // The hint of the logout is for the provider.
    const shown = browser.seen.filter((answer) => answer !== left);
    const texts = shown.map(({ text, headers, setCookies }) => text + JSON.stringify([...headers]) + setCookies.join());
    for (const text of texts) expect(text).not.toMatch(/eyJ[\w-]+\.eyJ|access_token|refresh_token|client_assertion/);
    expect((await page('/bff/user')).status).toBe(401);
  });

  it('COOK-005 gives another id at the next login, and the one before is worth nothing', async () => {
    await login();
    const before = session();
    await login();
    expect(session()).not.toBe(before);
    expect((await page('/bff/user')).status).toBe(200);
    browser.setCookie(origin, sessionCookie, before);
    expect((await page('/bff/user')).status).toBe(401);
  });

  it.each<[string, string, (url: URL) => void]>([
    ['OIDC-003', 'a wrong state', (url) => url.searchParams.set('state', 'wrong')],
    ['OIDC-006', 'the code twice', (url) => url.searchParams.append('code', 'b')],
  ])('%s refuses a callback with %s', async (_id, _what, change) => {
    const url = await callback();
    change(url);
    expect((await browser.ask(url, {}, shop.identity)).status).toBe(400);
    expect(session()).toBe('');
  });

  it('OIDC-005 takes a callback once', async () => {
    const url = await callback();
    const transaction = browser.cookie(origin, '__Host-portico-tx') ?? '';
    expect((await browser.ask(url, {}, shop.identity)).status).toBe(302);
    browser.setCookie(origin, '__Host-portico-tx', transaction);
    expect((await browser.ask(url)).status).toBe(400);
  });

  it.each(['nonce', 'audience', 'issuer', 'unsigned', 'expired'])('OIDC-008 begins no session with an ID token that is wrong in: %s', async (nextIdToken) => {
    await shop.provider({ nextIdToken });
    expect((await login()).status).toBe(400);
    expect(session()).toBe('');
  });

  it('OIDC-011 signs in silently who is signed in at the provider, and nobody else', async () => {
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
  it('OIDC-022 is kept while the provider fails to renew its token, and renews it once for twenty calls when it can', async () => {
    await shop.provider({ accessTokenSeconds: 1 });
    await login();
    await shop.provider({ tokenStatus: 503 });
    // The token at hand is good for the rest of its second.
    await expect.poll(async () => (await page('/api/account')).status, { timeout: 10_000 }).toBe(503);
    const before = session();
    await shop.provider({ tokenDelayMs: 50 });
    const asked = await shop.tokenRequests();
    const answers = await Promise.all(Array.from({ length: 20 }, () => page('/api/account')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect((await shop.tokenRequests()) - asked).toBe(1);
    expect(session()).toBe(before);
  });

  it('COOK-008 ends when nobody has used it for half an hour, and not before', async () => {
    const idleMs = 1_800_000;
    const earliest = Date.now();
    await login();
    const latest = Date.now();
    const statusAt = async (now: number): Promise<number> => {
      vi.setSystemTime(now);
      return (await page('/bff/user?slide=false')).status;
    };
    try {
      expect([await statusAt(earliest + idleMs - 1), await statusAt(latest + idleMs + 1)]).toEqual([200, 401]);
      expect((await page('/api/account')).status).toBe(401);
    } finally {
      vi.useRealTimers();
    }
  });

  it('OIDC-016 ends also while the provider cannot be reached', async () => {
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

  it('OIDC-018 does not come back with an answer that was under way at its logout', async () => {
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
