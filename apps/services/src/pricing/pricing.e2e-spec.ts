import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startShop, type RunningShop } from '../start-shop.js';

let shop: RunningShop;
beforeAll(async () => {
  shop = await startShop({ only: ['pricing'] });
});
afterAll(() => shop.close());

describe('pricing', () => {
  it('prices many products at once, each once, and leaves unknown ones out', async () => {
    const { body } = await request(shop.urls.pricing).get('/prices?ids=p-0002,p-0001,,p-0002,p-9999').expect(200);
    expect(body.items.map(({ productId }: { productId: string }) => productId).sort()).toEqual(['p-0001', 'p-0002']);
    expect(body.items[0]).toMatchObject({ currency: 'EUR', amountCents: expect.any(Number), supplierCostCents: expect.any(Number) });
  });

  it('takes 200 ids and refuses 201, or none at all', async () => {
    const ids = (count: number) => Array.from({ length: count }, (_, index) => `p-${String(index + 1).padStart(4, '0')}`).join();
    expect((await request(shop.urls.pricing).get(`/prices?ids=${ids(200)}`).expect(200)).body.items).toHaveLength(200);
    await request(shop.urls.pricing).get(`/prices?ids=${ids(201)}`).expect(400);
    await request(shop.urls.pricing).get('/prices').expect(400);
  });

  it('shows one price and its history, which ends with it', async () => {
    const { body: price } = await request(shop.urls.pricing).get('/prices/p-0003').expect(200);
    const { body: history } = await request(shop.urls.pricing).get('/prices/p-0003/history').expect(200);
    expect(history.productId).toBe('p-0003');
    expect(history.points).toHaveLength(24);
    expect(history.points.at(-1).amountCents).toBe(price.amountCents);
    const moments = history.points.map(({ at }: { at: string }) => at);
    expect(moments).toEqual([...moments].sort());
  });

  it('answers 404 for an unknown product', async () => {
    await request(shop.urls.pricing).get('/prices/p-9999').expect(404, { error: 'not found' });
    await request(shop.urls.pricing).get('/prices/p-9999/history').expect(404, { error: 'not found' });
  });
});
