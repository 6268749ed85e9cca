import { describe, expect, it } from 'vitest';
import { createShopData } from '../data/shop-data.js';
import { PriceWalk } from './price-walk.js';

const data = createShopData();
const steps = (walk: PriceWalk, count: number) => Array.from({ length: count }, () => walk.next());

describe('prices that walk', () => {
  it('take the same steps for the same seed', () => {
    expect(steps(new PriceWalk(data), 100)).toEqual(steps(new PriceWalk(createShopData()), 100));
    expect(steps(new PriceWalk(data), 100)).not.toEqual(steps(new PriceWalk(createShopData(43)), 100));
  });

  it('go on from where they were, and start from what the product costs', () => {
    const now = new Map<string, number>();
    for (const { productId, previousCents, amountCents, currency } of steps(new PriceWalk(data), 10_000)) {
      expect([previousCents, currency]).toEqual([now.get(productId) ?? data.price(productId)?.amountCents, 'EUR']);
      expect(amountCents).not.toBe(previousCents);
      now.set(productId, amountCents);
    }
    expect(now.size).toBeGreaterThan(900);
  });

  it('stay within a fifth of what the product costs, even after many steps, and reach both ends', () => {
    const few = { ...data, products: data.products.slice(0, 3) };
    const away = steps(new PriceWalk(few), 30_000).map(({ productId, amountCents }) => amountCents / (data.price(productId)?.amountCents ?? 0) - 1);
    expect(Math.max(...away)).toBeLessThanOrEqual(0.2 + Number.EPSILON);
    expect(Math.min(...away)).toBeGreaterThanOrEqual(-0.2 - Number.EPSILON);
    expect([Math.max(...away) > 0.19, Math.min(...away) < -0.19]).toEqual([true, true]);
  });

  it('never fall below 1 cent', () => {
    const cheap = { ...data, products: data.products.slice(0, 1), price: (id: string) => ({ ...data.price(id), amountCents: 1 }) as ReturnType<typeof data.price> };
    for (const { amountCents } of steps(new PriceWalk(cheap), 100)) expect(amountCents).toBeGreaterThanOrEqual(1);
  });
});
