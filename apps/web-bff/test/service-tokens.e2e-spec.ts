import { makeClientKeyPair, startTestGateway, startTestShop, TestBrowser, type ClientKeyPair, type TestGateway, type TestShop } from '@portico/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { webBff } from '../src/web-bff.js';

const origin = 'https://shop.example';
const csrf = { 'x-csrf': '1' };

let key: ClientKeyPair;
let shop: TestShop;
let bff: TestGateway;
let browser: TestBrowser;

beforeAll(async () => {
  key = await makeClientKeyPair();
  shop = await startTestShop({ SERVICE_TOKENS: 'required', WEB_BFF_JWKS: key.jwks, SHOP_WEB_JWKS: key.jwks, SHOP_WEB_REDIRECT_URIS: `${origin}/bff/callback` });
  bff = await startTestGateway(webBff, shop.origins, {
    auth: { issuer: identity(), clientKeyFile: key.file },
    serviceClient: { clientId: 'web-bff' },
    session: { publicOrigin: origin },
    http: { trustedProxies: ['127.0.0.1'] },
  });
  browser = new TestBrowser({ [origin]: bff.url });
  const page = await browser.visit(`${origin}/bff/login`, {}, `${origin}/bff/callback`);
  const { location } = await browser.visit(`${identity()}${/action="([^"]+)"/.exec(page.text)?.[1]}`, { form: { user: 'ann' } }, `${origin}/bff/callback`);
  await browser.ask(location ?? '', {}, identity());
});
afterAll(async () => {
  await bff.close();
  await shop.close();
  await key.remove();
});

const identity = (): string => shop.origins['identity'] ?? '';

/** Claims of the token that a service was last called with. */
async function shown(service: string): Promise<Readonly<Record<string, unknown>>> {
  const field = (await shop.requests(service)).at(-1)?.headers['authorization'] ?? '';
  return JSON.parse(Buffer.from(field.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
}

describe('services that let nobody in without a token', () => {
  it('are called on behalf of the user of the session, SOAP included', async () => {
    const cookie = `__Host-portico=${browser.cookie(origin, '__Host-portico')}`;
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
