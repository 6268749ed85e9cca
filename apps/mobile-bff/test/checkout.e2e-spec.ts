import { withShop } from '@portico/testing';
import { describe, expect, it } from 'vitest';
import { mobileBff } from '../src/mobile-bff.js';

describe('POST /api/checkout', () => {
  const given = withShop(mobileBff);

  /** A customer with two pieces in the basket. */
  const buyer = async (user: string) => {
    const caller = given.bff.as({ user });
    await caller.post('/api/basket/items').send({ productId: 'p-0001', quantity: 2 }).expect(200);
    return caller;
  };
  const entered = async (id: string) => (await (await fetch(`${given.shop.origins.ordering}/orders/${id}`)).json()) as Record<string, unknown> & { address: { id: string } };
  const ordersOf = async (user: string) => ((await (await fetch(`${given.shop.origins.ordering}/orders?customerId=${user}&limit=1`)).json()) as { total: number }).total;
  const addressesOf = async (user: string) => ((await (await fetch(`${given.shop.origins.customers}/customers/${user}`)).json()) as { addresses: { id: string }[] }).addresses;

  it('places the order in one call without any input, to the first address, and empties the basket', async () => {
    const ann = await buyer('c-ann');
    const { body } = await ann.post('/api/checkout').send({}).expect(201);
    expect(body).toEqual({ id: expect.stringMatching(/^o-/), number: expect.stringMatching(/^PO-/), status: 'placed', totalCents: expect.any(Number), currency: 'EUR' });
    const [first] = await addressesOf('c-ann');
    expect(await entered(body.id)).toMatchObject({ customerId: 'c-ann', address: { id: first?.id }, shippingOption: 'standard', paymentMethod: 'card', totalCents: body.totalCents });
    const { body: basket } = await ann.get('/api/basket').expect(200);
    expect(basket.count).toBe(0);
  });

  it('takes address, shipping and payment when they are given, and then needs no account', async () => {
    const bob = await buyer('c-bob');
    const last = (await addressesOf('c-bob')).at(-1);
    await given.shop.faults('customers', { errorRate: 1 });
    const { body } = await bob.post('/api/checkout').send({ addressId: last?.id, shippingOption: 'express', paymentMethod: 'invoice' }).expect(201);
    await given.shop.faults('customers', {});
    expect(await entered(body.id)).toMatchObject({ address: { id: last?.id }, shippingOption: 'express', paymentMethod: 'invoice' });
  });

  it('answers the same order to the same key, also when the first answer was lost and the basket is empty by now', async () => {
    const caller = await buyer('c-0020');
    const before = await ordersOf('c-0020');
    const first = await caller.post('/api/checkout').set('idempotency-key', 'key-1').send({}).expect(201);
    const again = await caller.post('/api/checkout').set('idempotency-key', 'key-1').send({}).expect(201);
    expect(again.body).toEqual(first.body);
    expect(await ordersOf('c-0020')).toBe(before + 1);
  });

  it('leaves the basket alone when an order is only told again', async () => {
    const caller = await buyer('c-0021');
    await caller.post('/api/checkout').set('idempotency-key', 'key-1').send({}).expect(201);
    await caller.post('/api/basket/items').send({ productId: 'p-0005' }).expect(200);
    await caller.post('/api/checkout').set('idempotency-key', 'key-1').send({}).expect(201);
    const { body } = await caller.get('/api/basket').expect(200);
    expect(body.count).toBe(1);
  });

  it('gives another customer another order under the same key', async () => {
    const one = await (await buyer('c-0022')).post('/api/checkout').set('idempotency-key', 'shared').send({}).expect(201);
    const other = await (await buyer('c-0023')).post('/api/checkout').set('idempotency-key', 'shared').send({}).expect(201);
    expect(other.body.id).not.toBe(one.body.id);
  });

  it('orders a basket once without a key: its version stands in, should the answer be lost before the basket is emptied', async () => {
    const caller = await buyer('c-0024');
    const [address] = await addressesOf('c-0024');
    const earlier = { customerId: 'c-0024', lines: [{ productId: 'p-0001', quantity: 2 }], addressId: address?.id, shippingOption: 'standard', paymentMethod: 'card' };
    const answer = await fetch(`${given.shop.origins.ordering}/orders`, { method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': 'basket-1' }, body: JSON.stringify(earlier) });
    const { body } = await caller.post('/api/checkout').send({}).expect(201);
    expect(body.id).toBe(((await answer.json()) as { id: string }).id);
  });

  it('places one order when the phone sends twice at the same time', async () => {
    const caller = await buyer('c-0028');
    const before = await ordersOf('c-0028');
    await Promise.all([1, 2].map(() => caller.post('/api/checkout').set('idempotency-key', 'twice').send({})));
    expect(await ordersOf('c-0028')).toBe(before + 1);
  });

  it('orders nothing when the basket is empty', async () => {
    const { body } = await given.bff.as({ user: 'c-0029' }).post('/api/checkout').send({}).expect(409);
    expect(body).toMatchObject({ code: 'STATE_CONFLICT', detail: 'The basket is empty.' });
  });

  it('lists every fault of the input', async () => {
    const { body } = await given.bff.as().post('/api/checkout').send({ addressId: 'a b', shippingOption: 'drone', paymentMethod: 'CASH', gift: true }).expect(400);
    expect(body.faults.map((fault: { path: string }) => fault.path).sort()).toEqual(['body.addressId', 'body.gift', 'body.paymentMethod', 'body.shippingOption']);
    const { body: badKey } = await given.bff.as().post('/api/checkout').set('idempotency-key', 'a key').send({}).expect(400);
    expect(badKey.faults[0].path).toBe('header.idempotency-key');
  });

  it('knows no address that is not the customer’s', async () => {
    const caller = await buyer('c-0025');
    const { body } = await caller.post('/api/checkout').send({ addressId: 'nowhere' }).expect(404);
    expect(body.code).toBe('RESOURCE_NOT_FOUND');
    expect((await caller.get('/api/basket').expect(200)).body.count).toBe(2);
  });

  it('asks for an address when the account has none', async () => {
    await fetch(`${given.shop.origins.customers}/customers/c-0026`, { method: 'PATCH', headers: { 'content-type': 'application/json' }, body: '{"addresses":[]}' });
    const { body } = await (await buyer('c-0026')).post('/api/checkout').send({}).expect(400);
    expect(body.faults).toEqual([{ path: 'body.addressId', message: 'addressId must be given: the account has no address' }]);
  });

  it('asks for a token with the scope to write', async () => {
    await given.bff.anonymous.post('/api/checkout').send({}).expect(401);
    await given.bff.as({ scope: 'shop.read' }).post('/api/checkout').send({}).expect(403);
  });

  it('fails without the ordering service and keeps the basket', async () => {
    const caller = await buyer('c-0027');
    await given.shop.faults('ordering', { errorRate: 1, errorStatus: 503 });
    const { body } = await caller.post('/api/checkout').send({}).expect(503);
    await given.shop.faults('ordering', {});
    expect(body.code).toBe('SERVICE_UNAVAILABLE');
    expect((await caller.get('/api/basket').expect(200)).body.count).toBe(2);
  });
});
