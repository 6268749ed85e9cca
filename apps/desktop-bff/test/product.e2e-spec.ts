import { withShop } from '@portico/testing';
import { assertWithinBudget } from '@portico/view-model';
import { describe, expect, it } from 'vitest';
import { desktopBff } from '../src/desktop-bff.js';
import { ProductView } from '../src/products/product.view-model.js';

describe('GET /api/products/:id', () => {
  const given = withShop(desktopBff);

  it('shows all attributes, the full text, every image, price with history, stock by warehouse, reviews and related products', async () => {
    const { body } = await given.bff.as().get('/api/products/p-0002').expect(200);
    const source = (await (await fetch(`${given.shop.origins.catalog}/products/p-0002`)).json()) as Record<string, unknown> & { images: unknown[] };
    for (const field of ['sku', 'name', 'brand', 'category', 'tagline', 'description', 'attributes', 'tags', 'weightGrams', 'createdAt']) expect(body[field]).toEqual(source[field]);
    expect(body.images).toHaveLength(source.images.length);
    expect(body.images[0]).toEqual({ alt: expect.any(String), width: 1_280, height: expect.any(Number), urls: { w320: expect.any(String), w640: expect.any(String), w1280: expect.any(String) } });
    expect(body.price).toEqual({ currency: 'EUR', amountCents: expect.any(Number), listAmountCents: expect.any(Number), discountPercent: expect.any(Number), validUntil: expect.any(String) });
    expect(body.priceHistory.at(-1).amountCents).toBe(body.price.amountCents);
    expect(body.stock.warehouses).toHaveLength(4);
    expect(body.stock.warehouses.reduce((sum: number, { quantity }: { quantity: number }) => sum + quantity, 0)).toBe(body.stock.available);
    expect(body.reviews.items.length).toBe(Math.min(20, body.reviews.count));
    expect(body.related).toHaveLength(12);
    expect(body.related[0].price.amountCents).toBeGreaterThan(0);
  });

  it.each(['p-0001', 'p-0002', 'p-0300', 'p-0777', 'p-1200'])('stays within its budget for %s', async (id) => {
    const { text } = await given.bff.as().get(`/api/products/${id}`).expect(200);
    assertWithinBudget(ProductView, text);
  });

  it('lets nothing out that the services keep to themselves', async () => {
    const { text } = await given.bff.as().get('/api/products/p-0005').expect(200);
    expect(text).not.toMatch(/"(supplier\w*|internal\w*|authorEmail|warehouseCodes)"/i);
  });

  it('knows no product that the catalog does not know', async () => {
    const { body } = await given.bff.as().get('/api/products/p-9999').expect(404);
    expect(body.code).toBe('RESOURCE_NOT_FOUND');
  });

  it('names a fault in the id', async () => {
    const { body } = await given.bff.as().get('/api/products/p!x').expect(400);
    expect(body.faults[0].path).toBe('path.id');
  });

  it('asks for a token with the scope to read', async () => {
    await given.bff.anonymous.get('/api/products/p-0001').expect(401);
    await given.bff.as({ scope: 'shop.write' }).get('/api/products/p-0001').expect(403);
  });

  it('stands without all but the product itself, and says so', async () => {
    const optional = ['pricing', 'inventory', 'reviews', 'recommendations'];
    for (const service of optional) await given.shop.faults(service, { errorRate: 1 });
    const { body, headers } = await given.bff.as().get('/api/products/p-0042').expect(200);
    for (const service of optional) await given.shop.faults(service, {});
    expect(body).toMatchObject({ id: 'p-0042', price: null, priceHistory: null, stock: null, reviews: null, related: [] });
    const parts = (headers['portico-degraded'] as string).split(', ').map((entry) => entry.split(';')[0]);
    expect(parts.sort()).toEqual(['history', 'price', 'related', 'reviews', 'stock']);
  });

  it('fails in time when the catalog does not answer', async () => {
    await given.shop.faults('catalog', { latencyMs: 10_000 });
    const { body } = await given.bff.as().get('/api/products/p-0043').set('portico-timeout-ms', '300').expect(504);
    await given.shop.faults('catalog', {});
    expect(body.code).toBe('SERVICE_TIMEOUT');
  });
});
