import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startShop, type RunningShop } from '../start-shop.js';

let shop: RunningShop;
beforeAll(async () => {
  shop = await startShop({ only: ['catalog', 'pricing', 'reviews'] });
});
afterAll(() => shop.close());

const products = async (query: Record<string, unknown>) => (await request(shop.urls.catalog).get('/products').query(query).expect(200)).body;
const read = (body: { items: Record<string, unknown>[] }, field: string) => body.items.map((item) => item[field]);

describe('catalog', () => {
  it('shows 24 of all products unless told otherwise, internal fields included', async () => {
    const body = await products({});
    expect([body.total, body.offset, body.items.length]).toEqual([1_200, 0, 24]);
    expect(body.items[0]).toMatchObject({ id: 'p-0001', supplierCost: expect.any(Number), supplierId: expect.any(String), internalNotes: expect.any(String), warehouseCodes: expect.any(Array) });
  });

  it('pages without gaps and without repetition', async () => {
    const [first, second] = [await products({ limit: 200, sort: 'name' }), await products({ limit: 200, offset: 200, sort: 'name' })];
    expect(new Set([...read(first, 'id'), ...read(second, 'id')]).size).toBe(400);
    expect((await products({ offset: 1_199 })).items).toHaveLength(1);
    expect((await products({ offset: 5_000 })).items).toEqual([]);
  });

  it('sorts by name both ways and by age', async () => {
    const names = read(await products({ sort: 'name', limit: 200 }), 'name') as string[];
    expect(names).toEqual([...names].sort());
    expect(read(await products({ sort: '-name', limit: 1 }), 'name')).toEqual(read(await products({ sort: 'name', offset: 1_199 }), 'name'));
    const ages = read(await products({ sort: 'newest', limit: 200 }), 'createdAt') as string[];
    expect(ages).toEqual([...ages].sort().reverse());
  });

  it('sorts by the prices of the pricing service and the averages of the reviews', async () => {
    const byPrice = read(await products({ sort: 'price', limit: 200 }), 'id');
    const { body: prices } = await request(shop.urls.pricing).get('/prices').query({ ids: byPrice.join(',') });
    const amounts = new Map(prices.items.map((price: { productId: string; amountCents: number }) => [price.productId, price.amountCents]));
    const sorted = byPrice.map((id) => amounts.get(id) as number);
    expect(sorted).toEqual([...sorted].sort((one, other) => one - other));
    const byRating = read(await products({ sort: 'rating', limit: 1 }), 'id');
    expect((await request(shop.urls.reviews).get('/summaries').query({ ids: byRating.join() })).body.items[0].average).toBe(5);
  });

  it('finds products that carry every word', async () => {
    const body = await products({ q: 'LAMP  onda', limit: 200 });
    expect(body.total).toBeGreaterThan(0);
    for (const name of read(body, 'name') as string[]) expect(name).toMatch(/Onda/);
    expect((await products({ q: 'nosuchword' })).total).toBe(0);
  });

  it('narrows by category and brand, and each facet ignores its own filter', async () => {
    const body = await products({ category: 'audio', brand: 'Holm', limit: 200 });
    expect(new Set(read(body, 'category'))).toEqual(new Set(['audio']));
    expect(new Set(read(body, 'brand'))).toEqual(new Set(['Holm']));
    const count = (facet: string, value: string) => body.facets[facet].find((entry: { value: string }) => entry.value === value).count;
    expect([count('category', 'audio'), count('brand', 'Holm')]).toEqual([body.total, body.total]);
    expect(body.facets.category.length).toBeGreaterThan(1);
    expect(body.facets.brand.length).toBeGreaterThan(1);
  });

  it('answers all of up to 200 known ids at once', async () => {
    const ids = Array.from({ length: 60 }, (_, index) => `p-${String(index + 1).padStart(4, '0')}`);
    expect(new Set(read(await products({ ids: [...ids, 'p-9999', 'p-0001'].join() }), 'id'))).toEqual(new Set(ids));
  });

  it.each([['limit=0'], ['limit=201'], ['limit=many'], ['offset=-1'], ['sort=colour'], [`ids=${Array.from({ length: 201 }, (_, index) => `x${index}`).join()}`]])('refuses ?%s', async (query) => {
    expect((await request(shop.urls.catalog).get(`/products?${query}`).expect(400)).body.error).toBe('bad request');
  });

  it('shows one product, and 404 for an unknown one', async () => {
    expect((await request(shop.urls.catalog).get('/products/p-0007').expect(200)).body.id).toBe('p-0007');
    await request(shop.urls.catalog).get('/products/p-9999').expect(404, { error: 'not found' });
    await request(shop.urls.catalog).get('/nowhere').expect(404, { error: 'not found' });
  });

  it('lists categories that add up to the range, and banners', async () => {
    const { body } = await request(shop.urls.catalog).get('/categories').expect(200);
    expect(body.items).toHaveLength(12);
    expect(body.items.reduce((sum: number, { count }: { count: number }) => sum + count, 0)).toBe(1_200);
    expect((await request(shop.urls.catalog).get('/banners').expect(200)).body.items[0]).toEqual({ id: expect.any(String), title: expect.any(String), text: expect.any(String), imageUrl: expect.any(String), link: expect.any(String) });
  });
});
