import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startShop, type RunningShop } from '../start-shop.js';

let shop: RunningShop;
beforeAll(async () => {
  shop = await startShop({ only: ['recommendations'] });
});
afterAll(() => shop.close());

describe.each([
  ['for a customer', '/customers/c-ann/picks', '/customers/c-nobody/picks'],
  ['beside a product', '/products/p-0001/related', '/products/p-9999/related'],
])('recommendations %s', (_name, path, unknown) => {
  it('are different products, best first, twelve unless told otherwise', async () => {
    const { body } = await request(shop.urls.recommendations).get(path).expect(200);
    const scores = body.items.map(({ score }: { score: number }) => score);
    expect(scores).toHaveLength(12);
    expect(scores).toEqual([...scores].sort((one: number, other: number) => other - one));
    expect(new Set(body.items.map(({ productId }: { productId: string }) => productId)).size).toBe(12);
    expect((await request(shop.urls.recommendations).get(`${path}?limit=3`)).body.items).toEqual(body.items.slice(0, 3));
  });

  it('answer 404 for an unknown id and 400 for a bad limit', async () => {
    await request(shop.urls.recommendations).get(unknown).expect(404, { error: 'not found' });
    await request(shop.urls.recommendations).get(`${path}?limit=61`).expect(400);
  });
});
