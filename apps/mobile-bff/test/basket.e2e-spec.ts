import { withShop } from '@portico/testing';
import { describe, expect, it } from 'vitest';
import { mobileBff } from '../src/mobile-bff.js';

describe('/api/basket', () => {
  const given = withShop(mobileBff);

  it('is empty for who has put nothing into it', async () => {
    const { body } = await given.bff.as({ user: 'c-0010' }).get('/api/basket').expect(200);
    expect(body).toEqual({ count: 0, lines: [], totalCents: 0, currency: null });
  });

  it('takes one line at a time, changes it, and lets go of it', async () => {
    const ann = given.bff.as();
    const { body: added } = await ann.post('/api/basket/items').send({ productId: 'p-0001', quantity: 2 }).expect(200);
    const [line] = added.lines;
    expect(line).toEqual({ productId: 'p-0001', name: expect.any(String), quantity: 2, lineAmountCents: expect.any(Number) });
    expect(added).toEqual({ count: 2, lines: [line], totalCents: line.lineAmountCents, currency: 'EUR' });
    const { body: more } = await ann.post('/api/basket/items').send({ productId: 'p-0001' }).expect(200);
    expect(more.count).toBe(3);
    const { body: changed } = await ann.patch('/api/basket/items/p-0001').send({ quantity: 5 }).expect(200);
    expect(changed.totalCents).toBe((line.lineAmountCents / 2) * 5);
    const { body: emptied } = await ann.delete('/api/basket/items/p-0001').expect(200);
    expect(emptied.lines).toEqual([]);
  });

  it("is nobody else's", async () => {
    await given.bff.as({ user: 'c-bob' }).post('/api/basket/items').send({ productId: 'p-0007' }).expect(200);
    const { body } = await given.bff.as({ user: 'c-eve' }).get('/api/basket').expect(200);
    expect(body.count).toBe(0);
  });

  it('knows no product and no line that does not exist', async () => {
    const { body } = await given.bff.as().post('/api/basket/items').send({ productId: 'p-9999' }).expect(404);
    expect(body.code).toBe('RESOURCE_NOT_FOUND');
    await given.bff.as().patch('/api/basket/items/p-0099').send({ quantity: 1 }).expect(404);
    await given.bff.as().delete('/api/basket/items/p-0099').expect(404);
  });

  it('holds no more than 99 pieces of one product', async () => {
    const caller = given.bff.as({ user: 'c-0011' });
    await caller.post('/api/basket/items').send({ productId: 'p-0001', quantity: 99 }).expect(200);
    const { body } = await caller.post('/api/basket/items').send({ productId: 'p-0001' }).expect(409);
    expect(body.code).toBe('STATE_CONFLICT');
  });

  it('lists every fault of a line', async () => {
    const { body } = await given.bff.as().post('/api/basket/items').send({ productId: 'p_1!', quantity: 0, colour: 'red' }).expect(400);
    expect(body.faults.map((fault: { path: string }) => fault.path).sort()).toEqual(['body.colour', 'body.productId', 'body.quantity']);
    const { body: changed } = await given.bff.as().patch('/api/basket/items/p-0001').send({ quantity: '3' }).expect(400);
    expect(changed.faults[0].path).toBe('body.quantity');
  });

  it('asks for a token, and for the scope to write where something changes', async () => {
    await given.bff.anonymous.get('/api/basket').expect(401);
    const reader = given.bff.as({ scope: 'shop.read' });
    await reader.get('/api/basket').expect(200);
    const { headers } = await reader.post('/api/basket/items').send({ productId: 'p-0001' }).expect(403);
    expect(headers['www-authenticate']).toContain('scope="shop.write"');
    await reader.patch('/api/basket/items/p-0001').send({ quantity: 1 }).expect(403);
    await reader.delete('/api/basket/items/p-0001').expect(403);
  });

  it('promises no sum while a price is missing, and shows its lines all the same', async () => {
    const caller = given.bff.as({ user: 'c-0012' });
    await caller.post('/api/basket/items').send({ productId: 'p-0003', quantity: 4 }).expect(200);
    for (const service of ['pricing', 'catalog']) await given.shop.faults(service, { errorRate: 1 });
    const { body, headers } = await caller.get('/api/basket').expect(200);
    for (const service of ['pricing', 'catalog']) await given.shop.faults(service, {});
    expect(body).toEqual({ count: 4, lines: [{ productId: 'p-0003', name: null, quantity: 4, lineAmountCents: null }], totalCents: null, currency: null });
    expect((headers['portico-degraded'] as string).split(', ').sort()).toEqual(['prices;reason=invalid', 'products;reason=invalid']);
  });

  it('fails without the basket service', async () => {
    await given.shop.faults('basket', { errorRate: 1, errorStatus: 503 });
    const { body } = await given.bff.as().get('/api/basket').expect(503);
    await given.shop.faults('basket', {});
    expect(body.code).toBe('SERVICE_UNAVAILABLE');
  });

  it('lets nothing out that the services keep to themselves', async () => {
    const { text } = await given.bff.as({ user: 'c-bob' }).get('/api/basket').expect(200);
    expect(text).not.toMatch(/supplier|internal|addedAt|customerId/i);
  });
});
