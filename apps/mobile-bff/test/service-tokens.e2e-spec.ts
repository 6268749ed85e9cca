import { makeClientKeyPair, startTestGateway, startTestShop, userToken, type ClientKeyPair, type TestGateway, type TestShop } from '@portico/testing';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mobileBff } from '../src/mobile-bff.js';

let key: ClientKeyPair;
let shop: TestShop;
let bff: TestGateway;
let ann: string;

beforeAll(async () => {
  key = await makeClientKeyPair();
  shop = await startTestShop({ SERVICE_TOKENS: 'required', MOBILE_BFF_JWKS: key.jwks });
  bff = await startTestGateway(mobileBff, shop.origins, { auth: { issuer: identity(), clientKeyFile: key.file }, serviceClient: { clientId: 'mobile-bff' } });
  ann = await userToken(identity(), 'ann', 'mobile');
});
afterAll(async () => {
  await bff.close();
  await shop.close();
  await key.remove();
});

const identity = (): string => shop.origins['identity'] ?? '';
const asAnn = (path: string) => request(bff.url).get(path).set('authorization', `Bearer ${ann}`);
const tokenRequests = async (): Promise<number> => (await shop.requests('identity')).filter(({ method, url }) => method === 'POST' && url === '/token').length;

/** What the token says that a service was last called with. */
async function shown(service: string): Promise<Readonly<Record<string, unknown>>> {
  const token = /^Bearer (.+)$/.exec((await shop.requests(service)).at(-1)?.headers['authorization'] ?? '')?.[1] ?? '';
  expect(token).not.toBe(ann);
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
}

describe('services that let nobody in without a token', () => {
  it('are called on behalf of the user, with a token of their own that names the BFF', async () => {
    expect((await asAnn('/api/basket')).status).toBe(200);
    expect(await shown('basket')).toMatchObject({ aud: 'https://basket.portico.example', sub: 'c-ann', client_id: 'mobile-bff', act: { sub: 'mobile-bff' } });
  });

  it("are called in the gateway's own name for who is not known, and for what is kept for everyone", async () => {
    const own = { aud: 'https://catalog.portico.example', sub: 'mobile-bff', client_id: 'mobile-bff' };
    expect((await bff.anonymous.get('/api/products')).status).toBe(200);
    expect(await shown('catalog')).toMatchObject(own);
    expect((await asAnn('/api/products/p-0003')).status).toBe(200);
    expect(await shown('catalog')).toMatchObject(own);
  });

  it('are called by a configured route with the same tokens', async () => {
    expect((await bff.anonymous.get('/api/stock/p-0001')).status).toBe(200);
    expect(await shown('inventory')).toMatchObject({ sub: 'mobile-bff' });
    expect((await asAnn('/api/stock/p-0002')).status).toBe(200);
    expect(await shown('inventory')).toMatchObject({ sub: 'c-ann', act: { sub: 'mobile-bff' } });
  });

  it('cost one token each, however many requests come', async () => {
    await asAnn('/api/basket');
    const before = await tokenRequests();
    const answers = await Promise.all(Array.from({ length: 20 }, () => asAnn('/api/basket')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await tokenRequests()).toBe(before);
  });
});
