import request from 'supertest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EventClient } from '../../test/event-client.js';
import { startShop, type RunningShop } from '../start-shop.js';

const now = '2026-02-01T10:00:00.000Z';
let shop: RunningShop;
let events: EventClient;
beforeEach(async () => {
  shop = await startShop({ only: ['ordering'], now: () => new Date(now) });
  events = await listen();
});
afterEach(() => shop.close());

const listen = (lastId?: string) => EventClient.open(`${shop.urls.ordering}/orders/events`, lastId === undefined ? {} : { 'last-event-id': lastId });
const post = async (path: string, body?: object, headers: Record<string, string> = {}) => (await request(shop.urls.ordering).post(path).set(headers).send(body)).body;
const wish = { customerId: 'c-ann', lines: [{ productId: 'p-0001', quantity: 2 }], addressId: 'a-ann-1', shippingOption: 'standard', paymentMethod: 'card' };

describe('the events of orders', () => {
  it('tell of each station once, with its time and, from shipping on, the tracking number', async () => {
    const { id: orderId } = await post('/orders', wish);
    let trackingNumber = '';
    for (let step = 0; step < 4; step += 1) trackingNumber = (await post(`/orders/${orderId}/advance`)).trackingNumber;
    const told = await events.take(5);
    expect(told[0]).toEqual({ id: '1', event: 'order-progress', data: { orderId, customerId: 'c-ann', status: 'placed', at: now, trackingNumber: null } });
    expect(told.map(({ id, data }) => [id, (data as { status: string }).status])).toEqual([['1', 'placed'], ['2', 'paid'], ['3', 'packed'], ['4', 'shipped'], ['5', 'delivered']]);
    expect(told.map(({ data }) => (data as { trackingNumber: unknown }).trackingNumber)).toEqual([null, null, null, trackingNumber, trackingNumber]);
    expect(trackingNumber).toMatch(/^PT/);
  });

  it('tell of an order that is cancelled, alone or among others', async () => {
    const [one, other] = [await post('/orders', wish), await post('/orders', wish)];
    await post(`/orders/${one.id}/cancel`);
    await post('/orders/actions', { action: 'cancel', ids: [one.id, other.id] });
    const told = (await events.take(4)).slice(2);
    expect(told).toMatchObject([{ data: { orderId: one.id, status: 'cancelled' } }, { data: { orderId: other.id, status: 'cancelled' } }]);
  });

  it('tell nothing of what changes no station: archiving, a refusal, cancelling or placing the same order again', async () => {
    const key = { 'idempotency-key': 'once' };
    const { id } = await post('/orders', wish, key);
    await post('/orders', wish, key);
    await post(`/orders/${id}/cancel`);
    await post(`/orders/${id}/cancel`);
    await post(`/orders/${id}/advance`);
    await post('/orders/actions', { action: 'archive', ids: [id] });
    const { id: last } = await post('/orders', wish);
    expect(await events.take(3)).toMatchObject([{ data: { orderId: id, status: 'placed' } }, { data: { orderId: id, status: 'cancelled' } }, { id: '3', data: { orderId: last, status: 'placed' } }]);
  });

  it('are told to who comes back, from the one after the last that was heard', async () => {
    const { id } = await post('/orders', wish);
    const [heard] = await events.take(1);
    events.leave();
    await post(`/orders/${id}/advance`);
    await post(`/orders/${id}/advance`);
    const back = await listen(heard?.id);
    expect(await back.take(2)).toMatchObject([{ id: '2', data: { status: 'paid' } }, { id: '3', data: { status: 'packed' } }]);
  });
});
