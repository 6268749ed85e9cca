import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startShop, type RunningShop } from '../start-shop.js';

let shop: RunningShop;
beforeAll(async () => {
  shop = await startShop({ only: ['inventory'] });
});
afterAll(() => shop.close());

describe('inventory', () => {
  it('shows the stock of many products and of one', async () => {
    const { body } = await request(shop.urls.inventory).get('/stock?ids=p-0001,p-9999').expect(200);
    expect(body.items).toEqual([(await request(shop.urls.inventory).get('/stock/p-0001').expect(200)).body]);
    await request(shop.urls.inventory).get('/stock/p-9999').expect(404, { error: 'not found' });
  });

  it('raises an alert for each product at or below its reorder level, scarcest first', async () => {
    const { body } = await request(shop.urls.inventory).get('/alerts?limit=200').expect(200);
    const available = body.items.map((alert: { available: number }) => alert.available);
    expect(available).toEqual([...available].sort((one: number, other: number) => one - other));
    for (const alert of body.items) expect(alert.available).toBeLessThanOrEqual(alert.reorderLevel);
    expect((await request(shop.urls.inventory).get('/alerts?limit=3')).body).toMatchObject({ total: body.total, items: { length: 3 } });
    await request(shop.urls.inventory).get('/alerts?limit=0').expect(400);
  });
});
