import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startShop, type RunningShop } from '../start-shop.js';

let shop: RunningShop;
const now = '2026-02-01T10:00:00.000Z';
beforeAll(async () => {
  shop = await startShop({ only: ['ordering', 'pricing', 'customers'], now: () => new Date(now) });
});
afterAll(() => shop.close());

const wish = { customerId: 'c-ann', lines: [{ productId: 'p-0001', quantity: 2 }, { productId: 'p-0002', quantity: 1 }], addressId: 'a-ann-1', shippingOption: 'standard', paymentMethod: 'card' };
const place = (body: object = wish, key?: string) => request(shop.urls.ordering).post('/orders').set(key === undefined ? {} : { 'idempotency-key': key }).send(body);
const post = (path: string, body?: object) => request(shop.urls.ordering).post(path).send(body);
const get = async (path: string) => (await request(shop.urls.ordering).get(path).expect(200)).body;
const statusOf = async (status: string): Promise<string> => (await get(`/orders?customerId=c-bob&status=${status}`)).items[0].id;

describe('placing an order', () => {
  it('prices the lines as the pricing service does, adds shipping and starts the timeline', async () => {
    const { body } = await place().expect(201);
    const { body: price } = await request(shop.urls.pricing).get('/prices/p-0001');
    expect(body.lines[0]).toMatchObject({ productId: 'p-0001', quantity: 2, unitAmountCents: price.amountCents, lineAmountCents: price.amountCents * 2 });
    expect(body.totalCents).toBe(body.lines[0].lineAmountCents + body.lines[1].lineAmountCents + body.shippingCents);
    expect(body).toMatchObject({ customerId: 'c-ann', status: 'placed', currency: 'EUR', placedAt: now, timeline: [{ status: 'placed', at: now }], trackingNumber: null, address: { id: 'a-ann-1' }, internalRiskScore: expect.any(Number) });
    expect(await get(`/orders/${body.id}`)).toEqual(body);
    expect((await get('/orders?customerId=c-ann&limit=1')).items[0].id).toBe(body.id);
  });

  it('gives the same order again for the same key of the same customer only', async () => {
    const { body: first } = await place(wish, 'key-1').expect(201);
    expect((await place(wish, 'key-1').expect(200)).body).toEqual(first);
    expect((await place({ ...wish, customerId: 'c-bob', addressId: 'a-bob-1' }, 'key-1').expect(201)).body.id).not.toBe(first.id);
    expect((await place(wish, 'key-2').expect(201)).body.id).not.toBe(first.id);
  });

  it.each([['customer', { customerId: 'c-nobody' }], ['address', { addressId: 'a-bob-1' }], ['product', { lines: [{ productId: 'p-9999', quantity: 1 }] }]])('answers 404 for an unknown %s', async (_what, change) => {
    await place({ ...wish, ...change }).expect(404, { error: 'not found' });
  });

  it.each([['no lines', { lines: [] }], ['a quantity of 0', { lines: [{ productId: 'p-0001', quantity: 0 }] }], ['an unknown way of shipping', { shippingOption: 'drone' }], ['no way of paying', { paymentMethod: '' }], ['a price of its own', { totalCents: 1 }]])('refuses %s', async (_what, change) => {
    await place({ ...wish, ...change }).expect(400);
  });

  it('sees an address that the customer has just added', async () => {
    const address = { id: 'a-new', label: 'Boat', name: 'Eve', street: 'Quay 1', postalCode: '4000-001', city: 'Porto', countryCode: 'PT' };
    await request(shop.urls.customers).patch('/customers/c-eve').send({ addresses: [address] }).expect(200);
    expect((await place({ ...wish, customerId: 'c-eve', addressId: 'a-new' }).expect(201)).body.address).toEqual(address);
  });
});

describe('the order list', () => {
  it('is narrowed by customer and status, paged, newest first', async () => {
    const bob = await get('/orders?customerId=c-bob&limit=200');
    expect(bob.total).toBeGreaterThanOrEqual(6);
    const moments = bob.items.map(({ placedAt }: { placedAt: string }) => placedAt);
    expect(moments).toEqual([...moments].sort().reverse());
    expect((await get('/orders?customerId=c-bob&limit=2&offset=1')).items).toEqual(bob.items.slice(1, 3));
    expect(new Set((await get('/orders?status=shipped&limit=200')).items.map(({ status }: { status: string }) => status))).toEqual(new Set(['shipped']));
    expect((await get('/orders')).total).toBeGreaterThan(200);
    await request(shop.urls.ordering).get('/orders?status=lost').expect(400);
  });

  it('is summed up over every order', async () => {
    const [summary, all] = [await get('/orders/summary'), await get('/orders?limit=1')];
    expect(summary.open + summary.shipped + summary.delivered + summary.cancelled).toBe(all.total);
    const { body } = await place();
    expect(await get('/orders/summary')).toEqual({ ...summary, open: summary.open + 1, revenueCents: summary.revenueCents + body.totalCents });
  });
});

describe('an order on its way', () => {
  it('goes from placed to delivered, is tracked once shipped, and goes no further', async () => {
    const { body: order } = await place();
    const seen = [];
    for (let step = 0; step < 4; step += 1) seen.push((await post(`/orders/${order.id}/advance`).expect(200)).body);
    expect(seen.map(({ status }) => status)).toEqual(['paid', 'packed', 'shipped', 'delivered']);
    expect(seen.map(({ trackingNumber }) => trackingNumber !== null)).toEqual([false, false, true, true]);
    expect(seen[3].timeline).toHaveLength(5);
    await post(`/orders/${order.id}/advance`).expect(409);
  });

  it('can be cancelled until it is shipped, twice without harm', async () => {
    const id = await statusOf('packed');
    expect((await post(`/orders/${id}/cancel`).expect(200)).body).toMatchObject({ status: 'cancelled' });
    expect((await post(`/orders/${id}/cancel`).expect(200)).body.timeline.filter(({ status }: { status: string }) => status === 'cancelled')).toHaveLength(1);
    await post(`/orders/${id}/advance`).expect(409);
    await post(`/orders/${await statusOf('shipped')}/cancel`).expect(409, { error: 'conflict', detail: 'already shipped' });
    await post(`/orders/${await statusOf('delivered')}/cancel`).expect(409);
    await post('/orders/o-99999/cancel').expect(404, { error: 'not found' });
  });
});

describe('actions on many orders', () => {
  it('answer for each order, in the order of the ids', async () => {
    const [open, shipped] = [await statusOf('placed'), await statusOf('shipped')];
    const { body } = await post('/orders/actions', { action: 'cancel', ids: [shipped, open, 'o-99999'] }).expect(200);
    expect(body).toEqual({ results: [{ id: shipped, ok: false, reason: 'already shipped' }, { id: open, ok: true }, { id: 'o-99999', ok: false, reason: 'not found' }] });
  });

  it('archive finished orders, which then leave the list', async () => {
    const [done, open] = [await statusOf('delivered'), await statusOf('paid')];
    const { body } = await post('/orders/actions', { action: 'archive', ids: [done, open] }).expect(200);
    expect(body.results).toEqual([{ id: done, ok: true }, { id: open, ok: false, reason: 'not finished' }]);
    const ids = async (archived: boolean) => (await get(`/orders?customerId=c-bob&limit=200&archived=${archived}`)).items.map(({ id }: { id: string }) => id);
    expect(await ids(false)).not.toContain(done);
    expect(await ids(true)).toEqual([done]);
  });

  it.each([[{ action: 'burn', ids: ['o-00001'] }], [{ action: 'cancel', ids: [] }], [{ action: 'cancel', ids: Array.from({ length: 201 }, (_, index) => `o-${index}`) }]])('refuse %j', async (body) => {
    await post('/orders/actions', body).expect(400);
  });
});
