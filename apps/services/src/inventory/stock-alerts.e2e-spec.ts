import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EventClient } from '../../test/event-client.js';
import { startShop, type RunningShop } from '../start-shop.js';

const now = '2026-02-01T10:00:00.000Z';
let shop: RunningShop;
beforeAll(async () => {
  shop = await startShop({ only: ['inventory', 'ordering'], now: () => new Date(now) });
});
afterAll(() => shop.close());

const get = async (path: string) => (await request(shop.urls.inventory).get(path).expect(200)).body;
const place = (...productIds: readonly string[]) =>
  request(shop.urls.ordering)
    .post('/orders')
    .send({ customerId: 'c-ann', lines: productIds.map((productId) => ({ productId, quantity: 1 })), addressId: 'a-ann-1', shippingOption: 'standard', paymentMethod: 'card' })
    .expect(201);

describe('alerts of stock', () => {
  it('come once for each scarce product of an order that is placed, and for no other', async () => {
    const [scarce, other] = (await get('/alerts?limit=2')).items;
    const { items } = await get('/stock?ids=p-0001,p-0002,p-0003,p-0004,p-0005,p-0006');
    const plenty = items.find(({ available, reorderLevel }: { available: number; reorderLevel: number }) => available > reorderLevel);
    const events = await EventClient.open(`${shop.urls.inventory}/alerts/events`);
    await place(plenty.productId);
    const { body: order } = await place(plenty.productId, scarce.productId, other.productId, scarce.productId);
    // Neither station nor stock has anything to do with the other.
    await request(shop.urls.ordering).post(`/orders/${order.id}/advance`).expect(200);
    await place(other.productId);
    expect(await events.take(3)).toEqual([
      { id: '1', event: 'stock-alert', data: { ...scarce, at: now } },
      { id: '2', event: 'stock-alert', data: { ...other, at: now } },
      { id: '3', event: 'stock-alert', data: { ...other, at: now } },
    ]);
    expect((await get('/alerts?limit=1')).items).toEqual([scarce]);
    const back = await EventClient.open(`${shop.urls.inventory}/alerts/events`, { 'last-event-id': '2' });
    expect(await back.next()).toMatchObject({ id: '3' });
  });
});
