import { WebSessions } from '@portico/auth';
import { realProgram } from '@portico/core/testing';
import { advanceOrder, edgeCertificate, openServiceLine, placeOrder, startTestGateway, startTestShop, type ServiceLine, type TestGateway, type TestShop } from '@portico/testing';
import { chromium, type Browser, type BrowserContext, type Page, type Response } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { webBff } from '../src/web-bff.js';

const plan = realProgram('chromium');

describe.skipIf(plan.absent)(`the page of the web BFF in ${plan.title}`, () => {
  /** From browsers to the BFF, and from the provider. */
  let line: ServiceLine;
  let inside: ServiceLine;
  let origin: string;
  let identity: string;
  let shop: TestShop;
  let bff: TestGateway;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let refused: string[];

  beforeAll(async () => {
    const executablePath = plan.path();
    // The provider has to know where the BFF is, and the BFF where the provider is, before either of them starts.
    line = await openServiceLine(() => bff.url);
    inside = await openServiceLine(() => bff.gateway.url);
    origin = `${edgeCertificate() ? 'https' : 'http'}://localhost:${new URL(line.origin).port}`;
    shop = await startTestShop({ SHOP_WEB_REDIRECT_URIS: `${origin}/bff/callback`, SHOP_WEB_POST_LOGOUT_REDIRECT_URIS: `${origin}/`, WEB_BFF_PORT: new URL(inside.origin).port });
    identity = shop.origins['identity'] as string;
    bff = await startTestGateway(webBff, shop.origins, { auth: { issuer: identity }, session: { publicOrigin: origin } });
    // The line is at 127.0.0.1 alone; ::1 is localhost, too. The edge's certificate is of an authority that it does not know.
    browser = await chromium.launch({ executablePath, args: ['--host-resolver-rules=MAP localhost 127.0.0.1', '--ignore-certificate-errors'] });
  });
  afterAll(async () => {
    await browser?.close();
    await bff?.close();
    await line?.cut();
    await inside?.cut();
    await shop?.close();
  });

  beforeEach(async () => {
    refused = [];
    context = await browser.newContext();
    context.setDefaultTimeout(10_000);
    page = await context.newPage();
    page.on('console', (message) => void (/content security policy/i.test(message.text()) && refused.push(message.text())));
    await page.goto(origin);
  });
  afterEach(async () => {
    vi.useRealTimers();
    await context.close();
  });

  /** Waits until the page says so. */
  const says = (text: string): Promise<void> => page.locator('#session').getByText(text, { exact: true }).waitFor();
  const lives = (text: string): Promise<void> => page.locator('#live-state').getByText(text, { exact: true }).waitFor();
  const linksTo = (id: 'sign-in' | 'sign-out'): Promise<boolean> => page.locator(`#${id}`).isVisible();
  const annAtProvider = () => page.getByRole('button', { name: 'Ann Lindqvist (ann)' });

  async function signIn(): Promise<void> {
    await page.click('#sign-in');
    await annAtProvider().waitFor();
    await annAtProvider().click();
    await says('Signed in as Ann Lindqvist (c-ann).');
    await page.locator('#panels').waitFor();
  }

  const showsOrder = ({ number }: { number: string }, status: string): Promise<void> =>
    page.locator('#live-order').getByText(`Your newest order, ${number}: ${status}.`, { exact: true }).waitFor();

  it('says who is signed out, signs in at the page of the provider, and shows the home screen', async () => {
    await says('You are signed out.');
    expect([await linksTo('sign-in'), await linksTo('sign-out'), await page.isVisible('#panels')]).toEqual([true, false, false]);
    await page.click('#sign-in');
    await annAtProvider().waitFor();
    expect(new URL(page.url()).origin).toBe(identity);
    await annAtProvider().click();
    await says('Signed in as Ann Lindqvist (c-ann).');
    expect([page.url(), await linksTo('sign-in'), await linksTo('sign-out')]).toEqual([`${origin}/`, false, true]);
    await page.locator('#panels').waitFor();
    expect(await page.textContent('#home-profile')).toMatch(/^Hello, Ann .*: \w+, \d+ points\.$/);
    expect(await page.textContent('#home-basket')).toMatch(/^In your basket: \d+$/);
    const picks = await page.locator('#home-picks li').allTextContents();
    expect(picks).toHaveLength(12);
    for (const pick of picks) expect(pick).toMatch(/^\S.*, €[\d,]+\.\d\d$/);
    expect(refused).toEqual([]);
  });

  it('holds no token: not in its storage, nor in a cookie that it can read, nor in an answer that it got', async () => {
    const seen: Promise<string>[] = [];
    // What this page is still being answered would go with it.
    await page.goto('about:blank');
    page.on('response', (response) => void seen.push(answered(response)));
    const orders = page.waitForResponse('**/api/orders');
    await page.goto(origin);
    await orders;
    // Before the page goes, and with it what it was answered.
    await Promise.all(seen);
    await signIn();
    await page.locator('#live-order').filter({ hasText: 'Your newest order' }).waitFor();
    const cookies = await context.cookies(origin);
    expect(cookies).toMatchObject([{ name: edgeCertificate() ? '__Host-portico' : 'portico', httpOnly: true, sameSite: 'Strict' }]);
    const id = cookies[0]?.value ?? '';
    const active = await bff.gateway.app.get(WebSessions, { strict: false }).find(id, false);
    const { accessToken = '', idToken = '', refreshToken = '' } = active?.session ?? {};
    const kept = (await page.evaluate(
      'Promise.all([indexedDB.databases(), caches.keys()]).then((stores) => JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }, ...stores]))',
    )) as string;
    expect(JSON.parse(kept)).toEqual(['', {}, {}, [], []]);
    const texts = [...(await Promise.all(seen)), await page.content(), page.url()];
    // These are in what is looked through.
    for (const known of ['"picks"', id]) expect(texts.filter((text) => text.includes(known))).toHaveLength(1);
    for (const token of [accessToken, idToken, refreshToken]) {
      expect(token).toMatch(/^\S{20,}$/);
      for (const text of texts) expect(text).not.toContain(token);
    }
  });

  it('signs out, here and at the provider', async () => {
    await signIn();
    await page.click('#sign-out');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await says('You are signed out.');
    expect([page.url(), await context.cookies(origin)]).toEqual([`${origin}/`, []]);
    await page.click('#sign-in');
    // Whoever is signed in there is not asked.
    await annAtProvider().waitFor();
  });

  it('shows prices as they move to whoever is signed out, over a WebSocket of its own origin', async () => {
    const opened = page.waitForEvent('websocket');
    await page.reload();
    expect((await opened).url()).toMatch(`${origin.replace('http', 'ws')}/hubs/web?id=`);
    await lives('Connected.');
    const prices = page.locator('#live-prices li');
    await prices.nth(9).waitFor();
    const first = (await prices.first().textContent()) ?? '';
    expect(first).toMatch(/^p-\d{4}: €[\d,]+\.\d\d, (up|down) from €[\d,]+\.\d\d$/);
    await prices.first().filter({ hasNotText: first }).waitFor();
    expect([await prices.count(), await page.textContent('#live-order'), refused]).toEqual([10, '', []]);
  });

  it('shows the newest order of whoever is signed in, and its status when it changes', async () => {
    const order = await placeOrder(shop);
    await signIn();
    await showsOrder(order, 'placed');
    await advanceOrder(shop, order.id);
    await showsOrder(order, 'paid');
    expect(refused).toEqual([]);
  });

  it('connects again when the connection breaks off, and follows the order on', async () => {
    let breakOff: () => Promise<void> = async () => {};
    await page.routeWebSocket(/\/hubs\/web/, (socket) => {
      socket.connectToServer();
      breakOff = () => socket.close({ code: 1011 });
    });
    const order = await placeOrder(shop);
    await signIn();
    await showsOrder(order, 'placed');
    await page.route(/\/hubs\/web\/negotiate/, async (route) => {
      await lives('Connecting again.');
      await route.continue();
    });
    const negotiated = page.waitForResponse(/\/hubs\/web\/negotiate/);
    await breakOff();
    expect((await negotiated).status()).toBe(200);
    await lives('Connected.');
    await showsOrder(order, 'placed');
    await advanceOrder(shop, order.id);
    await showsOrder(order, 'paid');
  });

  it('shows at the next refresh that the session was ended at the provider', async () => {
    await signIn();
    await page.locator('#live-order').filter({ hasText: 'Your newest order' }).waitFor();
    const other = await context.newPage();
    await other.goto(`${identity}/session/end`);
    await other.getByRole('button', { name: 'Sign out' }).click();
    await other.getByText('Signed out.').waitFor();
    await page.click('#refresh');
    await says('Your session has ended.');
    expect([await linksTo('sign-in'), await linksTo('sign-out'), await page.isVisible('#panels'), await page.textContent('#home-profile')]).toEqual([true, false, false, '']);
    await page.locator('#live-order').filter({ hasText: /^$/ }).waitFor({ state: 'attached' });
    await lives('Connected.');
    await signIn();
  });

  it('shows that a session has expired which nobody used for half an hour', async () => {
    await signIn();
    // The BFF's time, not the browser's.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 1_800_000 });
    await page.click('#refresh');
    await says('Your session has ended.');
    expect(await linksTo('sign-in')).toBe(true);
  });
});

/** What a page was told by an answer; of redirects and of other pages that is their headers. */
async function answered(response: Response): Promise<string> {
  const headers = JSON.stringify(await response.headersArray());
  return response.status() < 300 && new URL(response.url()).hostname === 'localhost' ? headers + (await response.text()) : headers;
}
