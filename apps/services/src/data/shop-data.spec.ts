import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { orderProgress } from './order.schema.js';
import { createShopData, type ShopData } from './shop-data.js';

const data = createShopData();
const ids = data.products.map(({ id }) => id);

function fingerprint(shop: ShopData): Record<string, string> {
  const parts = {
    products: shop.products,
    prices: ids.map(shop.price),
    histories: ids.map(shop.priceHistory),
    stock: ids.map(shop.stock),
    reviews: ids.map(shop.reviews),
    related: ids.slice(0, 50).map(shop.related),
    customers: shop.customers(),
    picks: shop.customers().map(({ id }) => shop.picks(id)),
    orders: shop.orders(),
  };
  return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, createHash('sha256').update(JSON.stringify(part)).digest('hex')]));
}

describe('shop data', () => {
  it('is the same, byte for byte, for the same seed', () => {
    expect(fingerprint(createShopData(42))).toEqual(fingerprint(data));
  });

  it('differs in every part for another seed', () => {
    const [one, other] = [fingerprint(data), fingerprint(createShopData(43))];
    for (const part of Object.keys(one)) expect(other[part], part).not.toBe(one[part]);
  });

  it('does not depend on the order in which its parts are asked for', () => {
    const asked = createShopData(42);
    asked.orders();
    asked.reviews('p-0700');
    expect(asked.reviews('p-0001')).toEqual(data.reviews('p-0001'));
    expect(asked.price('p-0001')).toEqual(data.price('p-0001'));
  });

  it('has 1,200 products of 12 categories and 24 brands with names of their own', () => {
    expect(ids).toHaveLength(1_200);
    expect(new Set(ids).size).toBe(1_200);
    expect(ids[0]).toBe('p-0001');
    const distinct = (read: (product: (typeof data.products)[number]) => string) => new Set(data.products.map(read)).size;
    expect([distinct(({ category }) => category), distinct(({ brand }) => brand), distinct(({ name }) => name), distinct(({ sku }) => sku)]).toEqual([12, 24, 1_200, 1_200]);
  });

  it('describes each product in 1.2 to 2.5 KB, 10 to 16 attributes and 3 to 6 images', () => {
    for (const { id, description, attributes, images } of data.products) {
      const bytes = Buffer.byteLength(description);
      expect(bytes, id).toBeGreaterThanOrEqual(1_200);
      expect(bytes, id).toBeLessThanOrEqual(2_560);
      expect(description, id).not.toMatch(/[{}]|undefined/);
      expect(attributes.length >= 10 && attributes.length <= 16, id).toBe(true);
      expect(new Set(attributes.map(({ name }) => name)).size, id).toBe(attributes.length);
      expect(images.length >= 3 && images.length <= 6, id).toBe(true);
    }
  });

  it('prices in whole cents, never above the list price, with 24 months of history that end today', () => {
    for (const id of ids) {
      const price = data.price(id);
      const points = data.priceHistory(id);
      if (!price || !points) throw new Error(id);
      expect(price.amountCents, id).toBe(Math.round((price.listAmountCents * (100 - price.discountPercent)) / 100));
      expect(price.supplierCostCents, id).toBe(data.product(id)?.supplierCost);
      expect(points).toHaveLength(24);
      expect(points.at(-1)?.amountCents, id).toBe(price.amountCents);
    }
  });

  it('summarises exactly the reviews it shows, at most 40 for a product', () => {
    for (const id of ids) {
      const reviews = data.reviews(id) ?? [];
      const average = reviews.length === 0 ? 0 : Math.round((reviews.reduce((sum, { rating }) => sum + rating, 0) / reviews.length) * 10) / 10;
      expect(data.reviewSummary(id)).toEqual({ productId: id, count: reviews.length, average });
      expect(reviews.length).toBeLessThanOrEqual(40);
    }
  });

  it('counts what is available over four warehouses, and some products have run out', () => {
    for (const id of ids) {
      const stock = data.stock(id);
      expect(stock?.warehouses).toHaveLength(4);
      expect(stock?.warehouses.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(stock?.available);
    }
    expect(ids.filter((id) => data.stock(id)?.available === 0).length).toBeGreaterThan(20);
  });

  it('knows 200 customers, ann, bob and eve among them, and at least six orders each for ann and bob in every state', () => {
    expect(data.customers()).toHaveLength(200);
    expect(data.customers().slice(0, 3).map(({ id }) => id)).toEqual(['c-ann', 'c-bob', 'c-eve']);
    for (const id of ['c-ann', 'c-bob']) {
      const orders = data.orders().filter(({ customerId }) => customerId === id);
      expect(orders.length).toBeGreaterThanOrEqual(6);
      expect(new Set(orders.map(({ status }) => status))).toEqual(new Set([...orderProgress, 'cancelled']));
    }
  });

  it('totals each order from its lines and its shipping, and dates it before the shop’s today', () => {
    for (const { totalCents, shippingCents, lines, placedAt, timeline, status, trackingNumber } of data.orders()) {
      expect(totalCents).toBe(lines.reduce((sum, { unitAmountCents, quantity }) => sum + unitAmountCents * quantity, shippingCents));
      expect(timeline[0]).toEqual({ status: 'placed', at: placedAt });
      expect(timeline.at(-1)?.status).toBe(status);
      expect((timeline.at(-1)?.at ?? '') < '2026-01-15T09:00:00.000Z').toBe(true);
      expect(trackingNumber !== null).toBe(status === 'shipped' || status === 'delivered');
    }
  });

  it('never recommends a product beside itself', () => {
    for (const id of ids.slice(0, 100)) expect(data.related(id)?.map(({ productId }) => productId)).not.toContain(id);
  });
});
