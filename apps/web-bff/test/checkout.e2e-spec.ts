import { fillBasket, withShop } from '@portico/testing';
import { describe, expect, it } from 'vitest';
import { webBff } from '../src/web-bff.js';

const order = { shippingOption: 'standard', paymentMethod: 'card' };

describe('/api/checkout', () => {
  const given = withShop(webBff);

  it('shows the sum, the addresses, and what the legacy service asks for shipping', async () => {
    await fillBasket('c-ann')(given.shop);
    const { body, headers } = await given.bff.as().get('/api/checkout').expect(200);
    expect(body.count).toBe(2);
    expect(body.totalCents).toBeGreaterThan(0);
    expect(body.addresses.map(({ id }: { id: string }) => id)).toEqual(['a-ann-1', 'a-ann-2']);
    expect(body.shippingQuotes.map(({ code }: { code: string }) => code).sort()).toEqual(['express', 'pickup', 'standard']);
    for (const quote of body.shippingQuotes) expect(quote).toEqual({ code: expect.any(String), label: expect.any(String), priceCents: expect.any(Number), days: expect.any(Number) });
    expect(headers['portico-degraded']).toBeUndefined();
  });

  it('asks for no shipping while the basket is empty', async () => {
    const { body, headers } = await given.bff.as({ user: 'c-0030' }).get('/api/checkout').expect(200);
    expect(body).toMatchObject({ count: 0, totalCents: 0, shippingQuotes: null });
    expect(headers['portico-degraded']).toBeUndefined();
  });

  it('stands without shipping prices, and says so', async () => {
    await fillBasket('c-bob')(given.shop);
    await given.shop.faults('shipping', { errorRate: 1 });
    const { body, headers } = await given.bff.as({ user: 'c-bob' }).get('/api/checkout').expect(200);
    expect(body.shippingQuotes).toBeNull();
    expect(body.addresses.length).toBeGreaterThan(0);
    expect(headers['portico-degraded']).toMatch(/^quotes;reason=\w+$/);
    await given.shop.faults('shipping', {});
  });

  it('places the order, then empties the basket', async () => {
    await fillBasket('c-0031')(given.shop);
    const customer = given.bff.as({ user: 'c-0031' });
    const { body } = await customer.post('/api/checkout').send({ ...order, addressId: 'a-0031-1' }).expect(201);
    expect(body).toMatchObject({ status: 'placed', lines: [{ productId: 'p-0001', quantity: 2 }], trackingNumber: null, tracking: null });
    expect(body.totalCents).toBe(body.lines[0].lineAmountCents + body.shippingCents);
    expect((await customer.get('/api/basket').expect(200)).body.count).toBe(0);
    expect((await customer.get(`/api/orders/${body.id}`).expect(200)).body.number).toBe(body.number);
  });

  it('places one order, however often the same request arrives', async () => {
    await fillBasket('c-0032')(given.shop);
    const customer = given.bff.as({ user: 'c-0032' });
    const before = (await customer.get('/api/orders').expect(200)).body.total as number;
    const place = () => customer.post('/api/checkout').set('idempotency-key', 'order-key-1').send({ ...order, addressId: 'a-0032-1' });
    const [one, two] = await Promise.all([place(), place()]);
    const placed = [one, two].filter(({ status }) => status === 201);
    expect(placed.length).toBeGreaterThan(0);
    expect(new Set(placed.map(({ body }) => body.id)).size).toBe(1);
    expect((await customer.get('/api/orders').expect(200)).body.total).toBe(before + 1);
  });

  it('places one order although the service answers only after it was asked again', async () => {
    await fillBasket('c-0033')(given.shop);
    const customer = given.bff.as({ user: 'c-0033' });
    const before = (await customer.get('/api/orders').expect(200)).body.total as number;
    await given.shop.faults('ordering', { truncateRate: 1 });
    await customer.post('/api/checkout').send({ ...order, addressId: 'a-0033-1' }).expect(502);
    await given.shop.faults('ordering', {});
    await customer.post('/api/checkout').send({ ...order, addressId: 'a-0033-1' }).expect(201);
    expect((await customer.get('/api/orders').expect(200)).body.total).toBe(before + 1);
  });

  it('keeps the basket when the order cannot be placed', async () => {
    await fillBasket('c-0034')(given.shop);
    const customer = given.bff.as({ user: 'c-0034' });
    await given.shop.faults('ordering', { errorRate: 1, errorStatus: 503 });
    expect((await customer.post('/api/checkout').send({ ...order, addressId: 'a-0034-1' }).expect(503)).body.code).toBe('SERVICE_UNAVAILABLE');
    await given.shop.faults('ordering', {});
    expect((await customer.get('/api/basket').expect(200)).body.count).toBe(2);
  });

  it('places nothing that is not in a basket', async () => {
    const { body } = await given.bff.as({ user: 'c-0035' }).post('/api/checkout').send({ ...order, addressId: 'a-0035-1' }).expect(409);
    expect(body).toMatchObject({ code: 'STATE_CONFLICT', detail: 'The basket is empty.' });
  });

  it("sends nothing to somebody else's address", async () => {
    await fillBasket('c-0036')(given.shop);
    await given.bff.as({ user: 'c-0036' }).post('/api/checkout').send({ ...order, addressId: 'a-ann-1' }).expect(404);
  });

  it('lists every fault of an order, its key included', async () => {
    const { body } = await given.bff.as().post('/api/checkout').send({ addressId: '', shippingOption: 'pigeon' }).expect(400);
    expect(new Set(body.faults.map(({ path }: { path: string }) => path))).toEqual(new Set(['body.addressId', 'body.shippingOption', 'body.paymentMethod']));
    const keyed = await given.bff.as().post('/api/checkout').set('idempotency-key', 'a key with blanks').send({ ...order, addressId: 'a-ann-1' }).expect(400);
    expect(keyed.body.faults[0].path).toBe('header.idempotency-key');
  });
});
