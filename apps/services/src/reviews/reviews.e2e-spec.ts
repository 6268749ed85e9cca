import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startShop, type RunningShop } from '../start-shop.js';

let shop: RunningShop;
let rated: { productId: string; count: number; average: number };
beforeAll(async () => {
  shop = await startShop({ only: ['reviews'] });
  const ids = Array.from({ length: 50 }, (_, index) => `p-${String(index + 1).padStart(4, '0')}`).join();
  rated = (await request(shop.urls.reviews).get('/summaries').query({ ids })).body.items.find(({ count }: { count: number }) => count > 12);
});
afterAll(() => shop.close());

const query = (text: string, variables?: object) => request(shop.urls.reviews).post('/graphql').send({ query: text, variables });

describe('reviews', () => {
  it('pages through the reviews of a product, newest first, beside its summary', async () => {
    const path = `/products/${rated.productId}/reviews`;
    const { body } = await request(shop.urls.reviews).get(`${path}?limit=100`).expect(200);
    expect(body).toMatchObject({ ...rated, items: { length: rated.count } });
    const moments = body.items.map(({ at }: { at: string }) => at);
    expect(moments).toEqual([...moments].sort().reverse());
    expect(body.items[0].authorEmail).toMatch(/@mail\.example$/);
    expect((await request(shop.urls.reviews).get(`${path}?limit=2&offset=10`)).body.items).toEqual(body.items.slice(10, 12));
    expect((await request(shop.urls.reviews).get(path)).body.items).toHaveLength(10);
  });

  it('answers 404 for an unknown product and 400 for a bad limit', async () => {
    await request(shop.urls.reviews).get('/products/p-9999/reviews').expect(404, { error: 'not found' });
    await request(shop.urls.reviews).get('/products/p-0001/reviews?limit=101').expect(400);
  });
});

describe('reviews over GraphQL', () => {
  it('answer the same as over REST, and only the fields that were asked for', async () => {
    const { body: rest } = await request(shop.urls.reviews).get(`/products/${rated.productId}/reviews?limit=3`);
    const { body } = await query('query ($id: ID!) { product(id: $id) { count average reviews(limit: 3) { title rating } } summaries(ids: [$id, "p-9999"]) { productId count average } }', { id: rated.productId }).expect(200);
    expect(body).toEqual({
      data: {
        product: { count: rated.count, average: rated.average, reviews: rest.items.map(({ title, rating }: { title: string; rating: number }) => ({ title, rating })) },
        summaries: [rated],
      },
    });
  });

  it('answer null for an unknown product', async () => {
    expect((await query('{ product(id: "p-9999") { count } }')).body).toEqual({ data: { product: null } });
  });

  it('name what is wrong with a query, a limit or too many ids', async () => {
    expect((await query('{ products }').expect(200)).body.errors[0].message).toContain('products');
    expect((await query('{ product(id: "p-0001") { reviews(limit: 500) { id } } }')).body.errors[0].message).toContain('limit');
    const ids = JSON.stringify(Array.from({ length: 201 }, (_, index) => `x${index}`));
    expect((await query(`{ summaries(ids: ${ids}) { count } }`)).body.errors[0].message).toContain('at most 200');
  });

  it('refuse a body without a query', async () => {
    await request(shop.urls.reviews).post('/graphql').send({ variables: {} }).expect(400);
  });
});
