import { withShop } from '@portico/testing';
import { assertWithinBudget } from '@portico/view-model';
import { describe, expect, it } from 'vitest';
import { ProductListView } from '../src/products/product-list.view-model.js';
import { webBff } from '../src/web-bff.js';

interface Card {
  readonly id: string;
  readonly name: string;
  readonly price: { readonly amountCents: number };
}

describe('GET /api/products', () => {
  const given = withShop(webBff);

  const list = async (query: Record<string, string | number> = {}) => (await given.bff.anonymous.get('/api/products').query(query).expect(200)).body;

  it('shows a page of 24 with prices, ratings and pictures in three widths, without a token', async () => {
    const body = await list();
    expect(body).toMatchObject({ page: 1, pages: Math.ceil(body.total / 24) });
    expect(body.total).toBeGreaterThanOrEqual(1_000);
    expect(body.items).toHaveLength(24);
    for (const item of body.items) {
      expect(item.price.amountCents).toBeGreaterThan(0);
      expect(item.rating.count).toBeGreaterThanOrEqual(0);
      expect(item.image.srcset).toMatch(/ 320w, .* 640w, .* 1280w$/);
    }
  });

  it('has facets of the whole result', async () => {
    const { facets, total } = await list();
    const sum = (facet: { count: number }[]) => facet.reduce((all, { count }) => all + count, 0);
    expect(sum(facets.category)).toBe(total);
    expect(sum(facets.brand)).toBe(total);
    const [first] = facets.category as { value: string; count: number }[];
    expect((await list({ category: first?.value as string })).total).toBe(first?.count);
  });

  it('turns pages without repeating a product, and ends', async () => {
    const ids = async (page: number) => ((await list({ page })).items as Card[]).map(({ id }) => id);
    const [one, two] = [await ids(1), await ids(2)];
    expect(new Set([...one, ...two]).size).toBe(48);
    const { pages } = await list();
    expect((await ids(pages)).length).toBeGreaterThan(0);
    expect(await ids(pages + 1)).toEqual([]);
  });

  it('searches and sorts', async () => {
    const found = await list({ q: 'ridgeway onda floor lamp' });
    expect((found.items as Card[]).map(({ name }) => name)).toContain('Ridgeway Onda Floor Lamp');
    expect(found.total).toBeLessThan((await list({ q: 'lamp' })).total);
    const names = ((await list({ q: 'lamp', sort: 'name' })).items as Card[]).map(({ name }) => name);
    const byCode = [...names].sort((a, b) => (a < b ? -1 : 1));
    expect(names).toEqual(byCode);
    const prices = ((await list({ q: 'lamp', sort: 'price' })).items as Card[]).map(({ price }) => price.amountCents);
    expect(prices).toEqual([...prices].sort((a, b) => a - b));
  });

  it('looks prices and ratings up in one call each', async () => {
    const id = 'one-call-each-1';
    await given.bff.anonymous.get('/api/products?q=chair').set('x-correlation-id', id).expect(200);
    const calls = async (service: string) => (await given.shop.requests(service)).filter(({ headers }) => headers['x-correlation-id'] === id);
    expect(await calls('pricing')).toHaveLength(1);
    expect(await calls('reviews')).toHaveLength(1);
  });

  it('stays within its budget, whatever is listed', async () => {
    for (const query of ['', '?q=lamp', '?sort=-name', '?page=7', '?sort=price&page=20']) {
      const { text } = await given.bff.anonymous.get(`/api/products${query}`).expect(200);
      assertWithinBudget(ProductListView, text);
    }
  });

  it('is kept for everyone, and not sent again to whom has it', async () => {
    const first = await given.bff.anonymous.get('/api/products?q=desk').expect(200);
    expect(first.headers['cache-control']).toBe('public, max-age=10');
    const again = await given.bff.anonymous.get('/api/products?q=desk').expect(200);
    expect(again.headers.etag).toBe(first.headers.etag);
    expect(again.headers.age).toBeDefined();
    await given.bff.anonymous.get('/api/products?q=desk').set('if-none-match', first.headers.etag as string).expect(304);
  });

  it('lists every fault of a query', async () => {
    const { body } = await given.bff.anonymous.get('/api/products?page=0&sort=colour&nonsense=1').expect(400);
    expect(body.code).toBe('REQUEST_INVALID');
    expect(body.faults.map(({ path }: { path: string }) => path)).toEqual(['query.nonsense', 'query.sort', 'query.page']);
  });

  it('refuses a token that is not valid, though none is needed', async () => {
    const { body } = await given.bff.anonymous.get('/api/products').set('authorization', 'Bearer nonsense').expect(401);
    expect(body.code).toBe('TOKEN_INVALID');
  });
});
