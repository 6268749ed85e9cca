import { withShop } from '@portico/testing';
import { describe, expect, it } from 'vitest';
import { webBff } from '../src/web-bff.js';

describe('/api/basket', () => {
  const given = withShop(webBff);

  const fault = (path: string) => expect.objectContaining({ path });

  it('is filled, changed and emptied, with names, prices and a sum', async () => {
    const ann = given.bff.as({ user: 'c-0020' });
    expect((await ann.get('/api/basket').expect(200)).body).toEqual({ version: 0, count: 0, lines: [], totalCents: 0, currency: null });

    await ann.post('/api/basket/items').send({ productId: 'p-0001', quantity: 2 }).expect(200);
    const { body } = await ann.post('/api/basket/items').send({ productId: 'p-0002' }).expect(200);
    expect(body.count).toBe(3);
    expect(body.lines.map(({ productId, quantity }: { productId: string; quantity: number }) => [productId, quantity])).toEqual([['p-0001', 2], ['p-0002', 1]]);
    for (const line of body.lines) {
      expect(line.product.name.length).toBeGreaterThan(0);
      expect(line.lineAmountCents).toBe(line.product.price.amountCents * line.quantity);
    }
    expect(body.totalCents).toBe(body.lines[0].lineAmountCents + body.lines[1].lineAmountCents);

    const changed = await ann.patch('/api/basket/items/p-0001').send({ quantity: 5 }).expect(200);
    expect(changed.body).toMatchObject({ count: 6, totalCents: body.totalCents + 3 * body.lines[0].product.price.amountCents });

    const removed = await ann.delete('/api/basket/items/p-0001').expect(200);
    expect(removed.body).toMatchObject({ count: 1, totalCents: body.lines[1].lineAmountCents });
    expect((await ann.get('/api/basket').expect(200)).body).toEqual(removed.body);
    expect((await ann.get('/api/home').expect(200)).body.basketCount).toBe(1);
  });

  it("is the caller's own", async () => {
    await given.bff.as({ user: 'c-0021' }).post('/api/basket/items').send({ productId: 'p-0001' }).expect(200);
    expect((await given.bff.as({ user: 'c-0022' }).get('/api/basket').expect(200)).body.count).toBe(0);
  });

  it('has no line that is not there', async () => {
    const bob = given.bff.as({ user: 'c-0023' });
    expect((await bob.patch('/api/basket/items/p-0001').send({ quantity: 1 }).expect(404)).body.code).toBe('RESOURCE_NOT_FOUND');
    expect((await bob.delete('/api/basket/items/p-0001').expect(404)).body.code).toBe('RESOURCE_NOT_FOUND');
    expect((await bob.post('/api/basket/items').send({ productId: 'p-9999' }).expect(404)).body.code).toBe('RESOURCE_NOT_FOUND');
  });

  it('takes no more of a product than the service sells at once', async () => {
    const eve = given.bff.as({ user: 'c-0024' });
    await eve.post('/api/basket/items').send({ productId: 'p-0001', quantity: 99 }).expect(200);
    expect((await eve.post('/api/basket/items').send({ productId: 'p-0001', quantity: 1 }).expect(409)).body.code).toBe('STATE_CONFLICT');
  });

  it('lists every fault of a change', async () => {
    const ann = given.bff.as();
    const { body } = await ann.post('/api/basket/items').send({ productId: 'a b', quantity: '2', price: 1 }).expect(400);
    expect(body.faults).toEqual(expect.arrayContaining([fault('body.price'), fault('body.productId'), fault('body.quantity')]));
    expect((await ann.patch('/api/basket/items/p-0001').send({}).expect(400)).body.faults).toEqual(expect.arrayContaining([fault('body.quantity')]));
  });

  it('is read with one scope and changed with another', async () => {
    const reader = given.bff.as({ user: 'c-0025', scope: 'shop.read' });
    await reader.get('/api/basket').expect(200);
    const { body, headers } = await reader.post('/api/basket/items').send({ productId: 'p-0001' }).expect(403);
    expect(body.code).toBe('SCOPE_INSUFFICIENT');
    expect(headers['www-authenticate']).toBe('Bearer error="insufficient_scope", scope="shop.write"');
    await given.bff.anonymous.get('/api/basket').expect(401);
  });

  it('gives no sum while a price is missing', async () => {
    const ann = given.bff.as({ user: 'c-0026' });
    await ann.post('/api/basket/items').send({ productId: 'p-0001' }).expect(200);
    await given.shop.faults('pricing', { errorRate: 1 });
    const { body, headers } = await ann.get('/api/basket').expect(200);
    expect(body).toMatchObject({ count: 1, totalCents: null, lines: [{ productId: 'p-0001', lineAmountCents: null }] });
    expect(headers['portico-degraded']).toBe('prices;reason=invalid');
    await given.shop.faults('pricing', {});
  });
});
