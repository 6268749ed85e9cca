import { withShop } from '@portico/testing';
import { assertWithinBudget } from '@portico/view-model';
import { describe, expect, it } from 'vitest';
import { mobileBff } from '../src/mobile-bff.js';
import { ProductListView } from '../src/products/product-list.view-model.js';

describe('GET /api/products', () => {
  const given = withShop(mobileBff);

  const list = async (query: Record<string, string | number> = {}) => (await given.bff.anonymous.get('/api/products').query(query).expect(200)).body;

  it('shows ten products to everyone, each with one image of 320 pixels', async () => {
    const { items, nextCursor } = await list();
    expect(items).toHaveLength(10);
    expect(items[0]).toEqual({
      id: 'p-0001',
      name: expect.any(String),
      price: { amountCents: expect.any(Number), currency: 'EUR' },
      image: { url: expect.stringMatching(/-w320\.webp$/), alt: expect.any(String) },
    });
    expect(nextCursor).toMatch(/^[\w-]+$/);
  });

  it.each([320, 640, 1280])('shows images of %i pixels when asked to', async (imageWidth) => {
    const { items } = await list({ imageWidth });
    for (const { image } of items) expect(image.url).toMatch(new RegExp(`-w${imageWidth}\\.webp$`));
  });

  it('goes from cursor to cursor through a whole search, each product once, to a last page without one', async () => {
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { items: { id: string }[]; nextCursor: string | null } = await list({ category: 'lighting', sort: 'price', ...(cursor && { cursor }) });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    const { total } = (await (await fetch(`${given.shop.origins.catalog}/products?category=lighting&limit=1`)).json()) as { total: number };
    expect(seen).toHaveLength(total);
    expect(new Set(seen).size).toBe(total);
  });

  it('finds products by words, and nothing for a word that occurs nowhere', async () => {
    const found = await list({ q: 'lamp' });
    expect(found.items.length).toBeGreaterThan(0);
    expect(await list({ q: 'zzzzz' })).toEqual({ items: [], nextCursor: null });
  });

  it('sorts by price', async () => {
    const { items } = await list({ sort: 'price' });
    const cents = items.map((item: { price: { amountCents: number } }) => item.price.amountCents);
    expect(cents).toEqual([...cents].sort((one, other) => one - other));
  });

  it('lists every fault of a query', async () => {
    const { body } = await given.bff.anonymous.get('/api/products?imageWidth=500&sort=colour&cursor=abc&page=2').expect(400);
    expect(body.code).toBe('REQUEST_INVALID');
    expect(body.faults.map((fault: { path: string }) => fault.path).sort()).toEqual(['query.cursor', 'query.imageWidth', 'query.page', 'query.sort']);
  });

  it('refuses a cursor that belongs to another search', async () => {
    const { nextCursor } = await list({ q: 'lamp' });
    const { body } = await given.bff.anonymous.get('/api/products').query({ q: 'chair', cursor: nextCursor }).expect(400);
    expect(body.faults).toEqual([{ path: 'query.cursor', message: 'cursor must be the nextCursor of an earlier page of the same search' }]);
  });

  it('keeps a cursor while only the width of the images changes', async () => {
    const { nextCursor } = await list({ q: 'lamp' });
    await given.bff.anonymous.get('/api/products').query({ q: 'lamp', imageWidth: 640, cursor: nextCursor }).expect(200);
  });

  it.each<Record<string, string | number>>([{ imageWidth: 1280 }, { sort: 'name' }, { sort: '-name' }, { sort: 'newest', imageWidth: 1280 }, { category: 'garden', imageWidth: 1280 }, { q: 'lamp', imageWidth: 1280 }])(
    'stays within its budget for %j',
    async (query) => {
      const { text } = await given.bff.anonymous.get('/api/products').query(query).expect(200);
      assertWithinBudget(ProductListView, text);
    },
  );

  it('lets nothing out that the services keep to themselves', async () => {
    const { text } = await given.bff.anonymous.get('/api/products').expect(200);
    expect(text).not.toMatch(/supplier|internal|authorEmail|warehouse|description|attributes/i);
  });

  it('is kept for everyone, and told unchanged to who has it', async () => {
    const first = await given.bff.anonymous.get('/api/products?q=kettle').expect(200);
    expect(first.headers['cache-control']).toBe('public, max-age=10');
    const second = await given.bff.anonymous.get('/api/products?q=kettle').set('if-none-match', first.headers.etag as string).expect(304);
    expect(second.text).toBe('');
  });

  it('shows the page without prices while pricing is down, and nobody keeps it', async () => {
    await given.shop.faults('pricing', { errorRate: 1, errorStatus: 503 });
    const { body, headers } = await given.bff.anonymous.get('/api/products?sort=rating').expect(200);
    await given.shop.faults('pricing', {});
    expect(body.items).toHaveLength(10);
    expect(body.items[0].price).toBeNull();
    expect(headers['portico-degraded']).toBe('prices;reason=unavailable');
    expect(headers['cache-control']).toBe('no-store');
  });

  it('fails without the catalog, and says no more than that', async () => {
    await given.shop.faults('catalog', { answer: 'html' });
    const { body, text } = await given.bff.anonymous.get('/api/products?q=anything').expect(502);
    await given.shop.faults('catalog', {});
    expect(body.code).toBe('SERVICE_ANSWER_INVALID');
    expect(text).not.toMatch(/127\.0\.0\.1|catalog|stack/);
  });
});
