import { withShop } from '@portico/testing';
import { describe, expect, it } from 'vitest';
import { desktopBff } from '../src/desktop-bff.js';

const line = (number: number, quantity = 1) => ({ productId: `p-${String(number).padStart(4, '0')}`, quantity });
const lines = (count: number) => Array.from({ length: count }, (_, index) => line(index + 1, (index % 9) + 1));

describe('/api/basket', () => {
  const given = withShop(desktopBff);

  it('takes 200 lines at once and shows each with its price and stock', async () => {
    const { body } = await given.bff.as().post('/api/basket/items').send({ lines: lines(200) }).expect(200);
    expect(body.lines).toHaveLength(200);
    expect(body.count).toBe(lines(200).reduce((sum, { quantity }) => sum + quantity, 0));
    const [first] = body.lines;
    expect(first).toEqual({
      productId: 'p-0001',
      sku: expect.any(String),
      name: expect.any(String),
      quantity: 1,
      unitAmountCents: expect.any(Number),
      lineAmountCents: first.unitAmountCents,
      available: expect.any(Number),
    });
    expect(body.totalCents).toBe(body.lines.reduce((sum: number, { lineAmountCents }: { lineAmountCents: number }) => sum + lineAmountCents, 0));
    expect(body.currency).toBe('EUR');
  });

  it('looks 200 lines up with one call to each service', async () => {
    const { headers } = await given.bff.as().get('/api/basket').expect(200);
    for (const service of ['catalog', 'pricing', 'inventory']) {
      const { items } = (await (await fetch(`${given.shop.origins[service]}/__requests`)).json()) as { items: { headers: Record<string, string> }[] };
      expect(items.filter((request) => request.headers['x-correlation-id'] === headers['x-correlation-id'])).toHaveLength(1);
    }
  });

  it('changes one line and lets go of one', async () => {
    const bob = given.bff.as({ user: 'c-bob' });
    await bob.post('/api/basket/items').send({ lines: lines(3) }).expect(200);
    const { body: changed } = await bob.patch('/api/basket/items/p-0002').send({ quantity: 7 }).expect(200);
    expect(changed.lines.map(({ quantity }: { quantity: number }) => quantity)).toEqual([1, 7, 3]);
    const { body: left } = await bob.delete('/api/basket/items/p-0001').expect(200);
    expect(left.lines.map(({ productId }: { productId: string }) => productId)).toEqual(['p-0002', 'p-0003']);
  });

  it('takes all lines or none', async () => {
    const caller = given.bff.as({ user: 'c-0030' });
    const { body } = await caller.post('/api/basket/items').send({ lines: [line(1), line(9_999)] }).expect(404);
    expect(body.code).toBe('RESOURCE_NOT_FOUND');
    const { body: full } = await caller.post('/api/basket/items').send({ lines: [line(1, 99), line(1, 1)] }).expect(409);
    expect(full.code).toBe('STATE_CONFLICT');
    expect((await caller.get('/api/basket').expect(200)).body.lines).toEqual([]);
  });

  it('lists every fault of every line', async () => {
    const { body } = await given.bff.as().post('/api/basket/items').send({ lines: [line(1), { productId: 'p_1!', quantity: 0 }, { productId: 'p-0003', quantity: 1, colour: 'red' }], note: '' }).expect(400);
    expect(body.faults.map((fault: { path: string }) => fault.path).sort()).toEqual(['body.lines[1].productId', 'body.lines[1].quantity', 'body.lines[2].colour', 'body.note']);
  });

  it.each([{}, { lines: [] }, { lines: 'p-0001' }, { lines: lines(201) }, { lines: [null] }, { lines: [7] }, { lines: {} }])('refuses a body without 1 to 200 lines, number %#', async (input) => {
    const { body } = await given.bff.as().post('/api/basket/items').send(input).expect(400);
    expect(body.code).toBe('REQUEST_INVALID');
    expect(body.faults[0].path).toMatch(/^body\.lines/);
  });

  it('asks for a token, and for the scope to write where something changes', async () => {
    await given.bff.anonymous.get('/api/basket').expect(401);
    const reader = given.bff.as({ user: 'c-0031', scope: 'shop.read' });
    await reader.get('/api/basket').expect(200);
    await reader.post('/api/basket/items').send({ lines: lines(1) }).expect(403);
    await reader.patch('/api/basket/items/p-0001').send({ quantity: 1 }).expect(403);
    await reader.delete('/api/basket/items/p-0001').expect(403);
  });

  it('shows its lines without what a failed service owes, and promises no sum then', async () => {
    const caller = given.bff.as({ user: 'c-0032' });
    await caller.post('/api/basket/items').send({ lines: lines(1) }).expect(200);
    for (const service of ['pricing', 'catalog', 'inventory']) await given.shop.faults(service, { errorRate: 1 });
    const { body, headers } = await caller.get('/api/basket').expect(200);
    for (const service of ['pricing', 'catalog', 'inventory']) await given.shop.faults(service, {});
    expect(body.lines).toEqual([{ productId: 'p-0001', sku: null, name: null, quantity: 1, unitAmountCents: null, lineAmountCents: null, available: null }]);
    expect(body.totalCents).toBeNull();
    expect((headers['portico-degraded'] as string).split(', ').sort()).toEqual(['prices;reason=invalid', 'products;reason=invalid', 'stocks;reason=invalid']);
  });

  it('fails without the basket service', async () => {
    await given.shop.faults('basket', { resetRate: 1 });
    const { body } = await given.bff.as().get('/api/basket').expect(503);
    await given.shop.faults('basket', {});
    expect(body.code).toBe('SERVICE_UNAVAILABLE');
  });

  it('lets nothing out that the services keep to themselves', async () => {
    const { text } = await given.bff.as({ user: 'c-bob' }).get('/api/basket').expect(200);
    expect(text).not.toMatch(/supplier|internal|warehouse/i);
  });
});
