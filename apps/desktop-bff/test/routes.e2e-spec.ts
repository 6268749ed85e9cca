import { startTestGateway, startTestShop, type TestGateway, type TestShop } from '@portico/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { desktopBff } from '../src/desktop-bff.js';

let shop: TestShop;
let bff: TestGateway;

beforeAll(async () => {
  shop = await startTestShop();
  bff = await startTestGateway(desktopBff, shop.origins);
});

afterAll(async () => {
  await bff.close();
  await shop.close();
});

describe('GET /api/prices/:productId/history', () => {
  it('wants a token with its scope', async () => {
    await bff.anonymous.get('/api/prices/p-0001/history').expect(401);
    await bff.as({ scope: 'other' }).get('/api/prices/p-0001/history').expect(403);
  });

  it('is the answer of the pricing service', async () => {
    const { body, headers } = await bff.as().get('/api/prices/p-0001/history').expect(200);
    expect(body).toEqual(await (await fetch(`${shop.origins.pricing}/prices/p-0001/history`)).json());
    expect(headers['x-served-by']).toBe(new URL(bff.url).host);
  });
});

describe('GET /api/categories', () => {
  it('keeps its answer apart for each caller', async () => {
    await bff.as({ user: 'c-ann' }).get('/api/categories').expect(200);
    expect((await bff.as({ user: 'c-bob' }).get('/api/categories').expect(200)).headers['cache-status']).not.toMatch(/hit/);
  });
});
