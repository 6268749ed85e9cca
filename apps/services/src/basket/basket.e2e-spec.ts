import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startShop, type RunningShop } from '../start-shop.js';

let shop: RunningShop;
const now = '2026-02-01T10:00:00.000Z';
beforeAll(async () => {
  shop = await startShop({ only: ['basket'], now: () => new Date(now) });
});
afterAll(() => shop.close());

const add = (customer: string, lines: unknown) => request(shop.urls.basket).post(`/baskets/${customer}/lines`).send({ lines } as object);
const line = (productId: string, quantity: number) => ({ productId, quantity });

describe('basket', () => {
  it('is empty, of version 0, for whoever has put nothing in', async () => {
    await request(shop.urls.basket).get('/baskets/c-new').expect(200, { customerId: 'c-new', version: 0, lines: [] });
  });

  it('adds quantities of the same product, within a request and between requests', async () => {
    await add('c-1', [line('p-0001', 2), line('p-0002', 1), line('p-0001', 3)]).expect(200);
    const { body } = await add('c-1', [line('p-0002', 4)]).expect(200);
    expect(body).toEqual({ customerId: 'c-1', version: 2, lines: [{ ...line('p-0001', 5), addedAt: now }, { ...line('p-0002', 5), addedAt: now }] });
    expect((await request(shop.urls.basket).get('/baskets/c-1')).body).toEqual(body);
  });

  it('takes up to 200 lines at once', async () => {
    const lines = (count: number) => Array.from({ length: count }, (_, index) => line(`p-${String(index + 1).padStart(4, '0')}`, 1));
    expect((await add('c-many', lines(200)).expect(200)).body.lines).toHaveLength(200);
    await add('c-many', lines(201)).expect(400);
  });

  it('changes nothing when one line of many cannot be added', async () => {
    await add('c-2', [line('p-0001', 90)]).expect(200);
    expect((await add('c-2', [line('p-0002', 1), line('p-0001', 10)]).expect(409)).body.error).toBe('conflict');
    await add('c-2', [line('p-0002', 1), line('p-9999', 1)]).expect(404, { error: 'not found' });
    expect((await request(shop.urls.basket).get('/baskets/c-2')).body).toMatchObject({ version: 1, lines: [{ quantity: 90 }] });
  });

  it.each([['no lines', []], ['a quantity of 0', [line('p-0001', 0)]], ['a quantity of 100', [line('p-0001', 100)]], ['half a piece', [line('p-0001', 0.5)]], ['a quantity as text', [{ productId: 'p-0001', quantity: '1' }]], ['a field that does not exist', [{ ...line('p-0001', 1), price: 1 }]], ['lines that are no list', 'p-0001']])('refuses %s', async (_what, lines) => {
    await add('c-3', lines).expect(400);
  });

  it('changes and removes a line, and 404 for one that is not there', async () => {
    await add('c-4', [line('p-0001', 1), line('p-0002', 1)]);
    expect((await request(shop.urls.basket).patch('/baskets/c-4/lines/p-0001').send({ quantity: 7 }).expect(200)).body.lines[0].quantity).toBe(7);
    expect((await request(shop.urls.basket).delete('/baskets/c-4/lines/p-0001').expect(200)).body).toMatchObject({ version: 3, lines: [{ productId: 'p-0002' }] });
    await request(shop.urls.basket).patch('/baskets/c-4/lines/p-0001').send({ quantity: 7 }).expect(404, { error: 'not found' });
    await request(shop.urls.basket).delete('/baskets/c-4/lines/p-0001').expect(404, { error: 'not found' });
    await request(shop.urls.basket).patch('/baskets/c-4/lines/p-0002').send({ quantity: 100 }).expect(400);
  });

  it('empties a basket and keeps counting its versions', async () => {
    await add('c-5', [line('p-0001', 1)]);
    await request(shop.urls.basket).delete('/baskets/c-5').expect(200, { customerId: 'c-5', version: 2, lines: [] });
  });
});
