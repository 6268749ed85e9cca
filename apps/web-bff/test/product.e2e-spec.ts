import { withShop } from '@portico/testing';
import { assertWithinBudget } from '@portico/view-model';
import { describe, expect, it } from 'vitest';
import { ProductView } from '../src/products/product.view-model.js';
import { webBff } from '../src/web-bff.js';

describe('GET /api/products/:id', () => {
  const given = withShop(webBff);

  it('shows the whole product: text, attributes, pictures, price, stock, reviews and related products', async () => {
    const { body } = await given.bff.anonymous.get('/api/products/p-0042').expect(200);
    expect(body.id).toBe('p-0042');
    expect(body.description.length).toBeGreaterThan(200);
    expect(body.attributes.length).toBeGreaterThan(2);
    expect(body.images.length).toBeGreaterThan(1);
    expect(body.price).toEqual({ currency: expect.any(String), amountCents: expect.any(Number), listAmountCents: expect.any(Number), discountPercent: expect.any(Number) });
    expect(body.available).toBeGreaterThanOrEqual(0);
    expect(body.reviews.items.length).toBe(Math.min(10, body.reviews.count));
    expect(body.related).toHaveLength(6);
    expect(body.related[0].price.amountCents).toBeGreaterThan(0);
  });

  it('stays within its budget', async () => {
    for (const id of ['p-0001', 'p-0042', 'p-0500', 'p-1000']) {
      const { text } = await given.bff.anonymous.get(`/api/products/${id}`).expect(200);
      assertWithinBudget(ProductView, text);
    }
  });

  it('lets nothing out that the services keep to themselves', async () => {
    const { text } = await given.bff.anonymous.get('/api/products/p-0042').expect(200);
    expect(text).not.toMatch(/supplierCost|costCents|marginPercent|internal|warehouse|moderation|customerId/i);
  });

  it('does not know what the catalog does not know', async () => {
    const { body } = await given.bff.anonymous.get('/api/products/p-9999').expect(404);
    expect(body.code).toBe('RESOURCE_NOT_FOUND');
  });

  it('refuses an id that cannot be one', async () => {
    const { body } = await given.bff.anonymous.get('/api/products/a!b').expect(400);
    expect(body.faults).toEqual([{ path: 'path.id', message: expect.stringMatching(/^id must match/) }]);
  });

  it('stands without reviews and stock, says so, and is not kept like that', async () => {
    await given.shop.faults('reviews', { errorRate: 1 });
    await given.shop.faults('inventory', { resetRate: 1 });
    const { body, headers } = await given.bff.anonymous.get('/api/products/p-0007').expect(200);
    expect(body).toMatchObject({ id: 'p-0007', reviews: null, available: null });
    expect((headers['portico-degraded'] as string).split(', ').sort()).toEqual(['reviews;reason=invalid', 'stock;reason=unavailable']);
    expect(headers['cache-control']).toBe('no-store');
    await given.shop.faults('reviews', {});
    await given.shop.faults('inventory', {});
    const whole = await given.bff.anonymous.get('/api/products/p-0007').expect(200);
    expect(whole.body.reviews.count).toBeGreaterThanOrEqual(0);
    expect(whole.headers['portico-degraded']).toBeUndefined();
  });

  it('is a clear problem without the catalog', async () => {
    await given.shop.faults('catalog', { errorRate: 1, errorStatus: 503 });
    const { body, headers } = await given.bff.anonymous.get('/api/products/p-0008').expect(503);
    expect(body).toMatchObject({ code: 'SERVICE_UNAVAILABLE', status: 503 });
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    await given.shop.faults('catalog', {});
  });
});
