import { withShop } from '@portico/testing';
import { describe, expect, it } from 'vitest';
import { desktopBff } from '../src/desktop-bff.js';

describe('/api/checkout', () => {
  const given = withShop(desktopBff);

  /** A customer with two pieces in the basket, and what they would order. */
  const buyer = async (user: string, quantity = 2) => {
    const caller = given.bff.as({ user });
    await caller.post('/api/basket/items').send({ lines: [{ productId: 'p-0001', quantity }] }).expect(200);
    const { addresses } = (await (await fetch(`${given.shop.origins.customers}/customers/${user}`)).json()) as { addresses: { id: string }[] };
    return { caller, wish: { addressId: addresses[0]?.id, shippingOption: 'standard', paymentMethod: 'card' } };
  };
  const ordersOf = async (user: string) => ((await (await fetch(`${given.shop.origins.ordering}/orders?customerId=${user}&limit=1`)).json()) as { total: number }).total;

  it('shows sum, addresses and what each way of shipping costs', async () => {
    const { caller } = await buyer('c-ann');
    const { body } = await caller.get('/api/checkout').expect(200);
    expect(body).toMatchObject({ count: 2, totalCents: expect.any(Number) });
    expect(body.addresses.length).toBeGreaterThan(0);
    expect(body.shippingQuotes.map(({ code }: { code: string }) => code)).toEqual(['standard', 'express', 'pickup']);
    expect(body.shippingQuotes[0]).toEqual({ code: 'standard', label: expect.any(String), priceCents: expect.any(Number), days: expect.any(Number) });
  });

  it('quotes an order that is heavier than any parcel', async () => {
    const caller = given.bff.as({ user: 'c-0040' });
    await caller.post('/api/basket/items').send({ lines: Array.from({ length: 200 }, (_, index) => ({ productId: `p-${String(index + 1).padStart(4, '0')}`, quantity: 99 })) }).expect(200);
    const { body } = await caller.get('/api/checkout').expect(200);
    expect(body.shippingQuotes).toHaveLength(3);
  });

  it('shows the screen without quotes while shipping is down, and says so', async () => {
    const { caller } = await buyer('c-bob');
    await given.shop.faults('shipping', { errorRate: 1, errorStatus: 503 });
    const { body, headers } = await caller.get('/api/checkout').expect(200);
    await given.shop.faults('shipping', {});
    expect(body.shippingQuotes).toBeNull();
    expect(headers['portico-degraded']).toMatch(/^quotes;reason=/);
  });

  it('asks for no quotes for an empty basket', async () => {
    const { body, headers } = await given.bff.as({ user: 'c-0041' }).get('/api/checkout').expect(200);
    expect(body).toMatchObject({ count: 0, totalCents: 0, shippingQuotes: null });
    expect(headers['portico-degraded']).toBeUndefined();
  });

  it('places the order and empties the basket', async () => {
    const { caller, wish } = await buyer('c-0042');
    const { body } = await caller.post('/api/checkout').send(wish).expect(201);
    expect(body).toMatchObject({ customerId: 'c-0042', status: 'placed', lines: [{ productId: 'p-0001', quantity: 2 }], timeline: [{ status: 'placed' }], trackingNumber: null, tracking: null });
    expect((await caller.get('/api/basket').expect(200)).body.count).toBe(0);
  });

  it('answers the same order to the same key, also when the first answer was lost and the basket is empty by now', async () => {
    const { caller, wish } = await buyer('c-0043');
    const before = await ordersOf('c-0043');
    const first = await caller.post('/api/checkout').set('idempotency-key', 'key-1').send(wish).expect(201);
    const again = await caller.post('/api/checkout').set('idempotency-key', 'key-1').send(wish).expect(201);
    expect(again.body).toEqual(first.body);
    expect(await ordersOf('c-0043')).toBe(before + 1);
  });

  it('gives another customer another order under the same key', async () => {
    const one = await buyer('c-0044');
    const other = await buyer('c-0045');
    const first = await one.caller.post('/api/checkout').set('idempotency-key', 'shared').send(one.wish).expect(201);
    const second = await other.caller.post('/api/checkout').set('idempotency-key', 'shared').send(other.wish).expect(201);
    expect(second.body.id).not.toBe(first.body.id);
  });

  it('orders nothing when the basket is empty', async () => {
    const { body } = await given.bff.as({ user: 'c-0046' }).post('/api/checkout').send({ addressId: 'a', shippingOption: 'standard', paymentMethod: 'card' }).expect(409);
    expect(body).toMatchObject({ code: 'STATE_CONFLICT', detail: 'The basket is empty.' });
  });

  it('lists every fault of the input', async () => {
    const { body } = await given.bff.as().post('/api/checkout').send({ shippingOption: 'drone', paymentMethod: 'CASH', gift: true }).expect(400);
    expect([...new Set(body.faults.map((fault: { path: string }) => fault.path))].sort()).toEqual(['body.addressId', 'body.gift', 'body.paymentMethod', 'body.shippingOption']);
  });

  it('knows no address that is not the customer’s, and keeps the basket', async () => {
    const { caller, wish } = await buyer('c-0047');
    await caller.post('/api/checkout').send({ ...wish, addressId: 'nowhere' }).expect(404);
    expect((await caller.get('/api/basket').expect(200)).body.count).toBe(2);
  });

  it('asks for a token, and for the scope to write where an order is placed', async () => {
    await given.bff.anonymous.get('/api/checkout').expect(401);
    await given.bff.as({ scope: 'shop.read' }).post('/api/checkout').send({}).expect(403);
  });

  it('lets nothing out that the services keep to themselves', async () => {
    const { caller, wish } = await buyer('c-0048');
    const { text: screen } = await caller.get('/api/checkout').expect(200);
    const { text: order } = await caller.post('/api/checkout').send(wish).expect(201);
    expect(screen + order).not.toMatch(/supplier|internal|passwordHash|riskNote/i);
  });
});
