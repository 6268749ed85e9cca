import { startTestGateway, TestBrowser, type TestGateway } from '@portico/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { webBff } from '../src/web-bff.js';
import { callbackOf, origin, sessionCookie, startLoginShop, type LoginShop } from './shop-login.js';

const csrf = { 'x-csrf': '1' };

let shop: LoginShop;
let bff: TestGateway;
let browser: TestBrowser;

beforeAll(async () => {
  shop = await startLoginShop({ SERVICE_TOKENS: 'required' });
  bff = await startTestGateway(webBff, shop.origins, {
    auth: { issuer: shop.identity, clientKeyFile: shop.clientKeyFile },
    serviceClient: { clientId: 'web-bff' },
    session: { publicOrigin: origin },
    http: { trustedProxies: ['127.0.0.1'] },
  });
  browser = new TestBrowser({ [origin]: bff.url });
  await browser.ask(await callbackOf(browser, shop.identity), {}, shop.identity);
});
afterAll(async () => {
  await bff.close();
  await shop.close();
});

/** Claims of the token that a service was last called with. */
async function shown(service: string): Promise<Readonly<Record<string, unknown>>> {
  const field = (await shop.requests(service)).at(-1)?.headers['authorization'] ?? '';
  return JSON.parse(Buffer.from(field.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
}

describe('services that let nobody in without a token', () => {
  it('are called on behalf of the user of the session, SOAP included', async () => {
    const cookie = `${sessionCookie}=${browser.cookie(origin, sessionCookie)}`;
    const added = await bff.anonymous.post('/api/basket/items').set({ ...csrf, cookie, origin, 'x-forwarded-proto': 'https' }).send({ productId: 'p-0001', quantity: 1 });
    expect(added.status).toBe(200);
    const checkout = await browser.ask(`${origin}/api/checkout`, { headers: csrf });
    expect(checkout.status).toBe(200);
    expect(JSON.parse(checkout.text)).toMatchObject({ shippingQuotes: expect.arrayContaining([expect.anything()]) });
    for (const service of ['basket', 'customers', 'shipping']) {
      expect(await shown(service)).toMatchObject({ aud: `https://${service}.portico.example`, sub: 'c-ann', act: { sub: 'web-bff' } });
    }
  });

  it("are called in the gateway's own name for a browser without session", async () => {
    const stranger = new TestBrowser({ [origin]: bff.url });
    expect((await stranger.ask(`${origin}/api/products`)).status).toBe(200);
    expect(await shown('catalog')).toMatchObject({ sub: 'web-bff' });
  });
});
