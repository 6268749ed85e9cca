import { withShop } from '@portico/testing';
import { assertWithinBudget } from '@portico/view-model';
import { describe, expect, it } from 'vitest';
import { desktopBff } from '../src/desktop-bff.js';
import { ProductListView } from '../src/products/product-list.view-model.js';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly priceCents: number;
  readonly ratingAverage: number;
  readonly createdAt: string;
}

describe('GET /api/products', () => {
  const given = withShop(desktopBff);

  const list = async (query: Record<string, string | number> = {}) =>
    (await given.bff.as().get('/api/products').query(query).expect(200)).body as { total: number; limit: number; offset: number; items: Row[] };

  it('shows a hundred rows with all columns, unless told otherwise', async () => {
    const { total, limit, offset, items } = await list();
    expect({ total, limit, offset }).toEqual({ total: 1_200, limit: 100, offset: 0 });
    expect(items).toHaveLength(100);
    expect(items[0]).toEqual({
      id: 'p-0001',
      sku: expect.any(String),
      name: expect.any(String),
      brand: expect.any(String),
      category: expect.any(String),
      currency: 'EUR',
      priceCents: expect.any(Number),
      listPriceCents: expect.any(Number),
      discountPercent: expect.any(Number),
      available: expect.any(Number),
      ratingAverage: expect.any(Number),
      ratingCount: expect.any(Number),
      weightGrams: expect.any(Number),
      createdAt: expect.stringMatching(/^20\d\d-/),
    });
  });

  it('shows up to 200 rows, from anywhere', async () => {
    const { items } = await list({ limit: 200, offset: 1_100 });
    expect(items).toHaveLength(100);
    expect(items.at(-1)?.id).toBe('p-1200');
    expect((await list({ offset: 1_200 })).items).toEqual([]);
  });

  it('looks up price, stock and rating of 200 rows with one call each', async () => {
    const { headers } = await given.bff.as().get('/api/products?limit=200').expect(200);
    for (const service of ['catalog', 'pricing', 'inventory', 'reviews']) {
      const { items } = (await (await fetch(`${given.shop.origins[service]}/__requests`)).json()) as { items: { headers: Record<string, string> }[] };
      expect(items.filter((request) => request.headers['x-correlation-id'] === headers['x-correlation-id'])).toHaveLength(1);
    }
  });

  it.each<[string, (row: Row) => string | number]>([
    ['name', (row) => row.name],
    ['price', (row) => row.priceCents],
    ['rating', (row) => row.ratingAverage],
    ['createdAt', (row) => row.createdAt],
  ])('sorts by %s, both ways, each the mirror of the other', async (column, read) => {
    const { total, items } = await list({ category: 'garden', sort: column, limit: 200 });
    const values = items.map(read);
    expect(values).toEqual([...values].sort((one, other) => (one < other ? -1 : one > other ? 1 : 0)));
    const descending = await list({ category: 'garden', sort: `-${column}`, limit: 200 });
    expect(descending.items.map(read)).toEqual([...values].reverse());
    expect(descending.total).toBe(total);
  });

  it.each(['-price', 'rating', 'name'])('shows each row once when paging through %s', async (sort) => {
    const { total, items } = await list({ category: 'garden', sort, limit: 200 });
    const paged: string[] = [];
    for (let offset = 0; offset < total; offset += 7) paged.push(...(await list({ category: 'garden', sort, limit: 7, offset })).items.map(({ id }) => id));
    expect(paged).toEqual(items.map(({ id }) => id));
    expect((await list({ category: 'garden', sort, limit: 7, offset: total })).items).toEqual([]);
  });

  it('finds rows by words, category and brand', async () => {
    const { items } = await list({ category: 'lighting' });
    const brand = (items[0] as unknown as { brand: string }).brand;
    const narrowed = await list({ category: 'lighting', brand });
    expect(narrowed.total).toBeLessThan((await list({ category: 'lighting' })).total);
    expect(new Set(narrowed.items.map((row) => (row as unknown as { brand: string }).brand))).toEqual(new Set([brand]));
    expect((await list({ q: 'zzzzz' })).total).toBe(0);
  });

  it('lists every fault of a query', async () => {
    const { body } = await given.bff.as().get('/api/products?limit=201&offset=-1&sort=weight&page=2').expect(400);
    expect(body.code).toBe('REQUEST_INVALID');
    expect(body.faults.map((fault: { path: string }) => fault.path).sort()).toEqual(['query.limit', 'query.offset', 'query.page', 'query.sort']);
  });

  it.each(['limit=200', 'limit=200&offset=600&sort=-rating', 'limit=200&sort=name'])('stays within its budget for %s', async (query) => {
    const { text } = await given.bff.as().get(`/api/products?${query}`).expect(200);
    assertWithinBudget(ProductListView, text);
  });

  it('lets nothing out that the services keep to themselves', async () => {
    const { text } = await given.bff.as().get('/api/products?limit=200').expect(200);
    expect(text).not.toMatch(/supplier|internal|authorEmail|warehouse/i);
  });

  it('asks for a token with the scope to read', async () => {
    await given.bff.anonymous.get('/api/products').expect(401);
    await given.bff.as({ scope: 'shop.write' }).get('/api/products').expect(403);
  });

  it('shows the rows without what a failed service owes, and says so', async () => {
    for (const service of ['pricing', 'inventory', 'reviews']) await given.shop.faults(service, { errorRate: 1, errorStatus: 503 });
    const { body, headers } = await given.bff.as().get('/api/products?limit=2').expect(200);
    for (const service of ['pricing', 'inventory', 'reviews']) await given.shop.faults(service, {});
    expect(body.items[0]).toMatchObject({ id: 'p-0001', currency: null, priceCents: null, available: null, ratingAverage: null, ratingCount: null });
    expect((headers['portico-degraded'] as string).split(', ').sort()).toEqual(['prices;reason=unavailable', 'ratings;reason=unavailable', 'stocks;reason=unavailable']);
  });

  it.each(['price', '-price'])('fails without the catalog, sorted by %s', async (sort) => {
    await given.shop.faults('catalog', { answer: 'wrong-type' });
    const { body } = await given.bff.as().get(`/api/products?sort=${sort}`).expect(502);
    await given.shop.faults('catalog', {});
    expect(body.code).toBe('SERVICE_ANSWER_INVALID');
  });
});
