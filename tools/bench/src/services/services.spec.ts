import { describe, expect, it } from 'vitest';
import { catalog } from './catalog.mjs';
import { documents } from './documents.mjs';
import { pricing } from './pricing.mjs';
import { reviewsOf } from './reviews.mjs';

const kilobytes = (text: string) => Math.round(text.length / 100) / 10;

describe('the services of the benchmark', () => {
  it('answer in the sizes of W1: 4.6 KB product, 0.9 KB price, 3.2 KB reviews', () => {
    expect(kilobytes(catalog('/products/p-1000001'))).toBe(4.6);
    expect(kilobytes(pricing('/prices/p-1000001'))).toBe(0.9);
    expect(kilobytes(reviewsOf('/products/p-1000001/reviews?limit=3'))).toBe(3.2);
  });

  it('answer documents of 1 KB and 100 KB to the byte, as JSON', () => {
    expect(documents('/p1/p-1000001')).toHaveLength(1_024);
    expect(documents('/p100/p-1000001')).toHaveLength(102_400);
    expect(JSON.parse(documents('/p100/p-7'))).toMatchObject({ id: 'p-7' });
  });

  it('answer for the id they are asked for', () => {
    expect(JSON.parse(catalog('/products/p-7'))).toMatchObject({ id: 'p-7' });
    expect(JSON.parse(pricing('/prices/p-7'))).toMatchObject({ productId: 'p-7', amountCents: 10_007 });
    expect(JSON.parse(reviewsOf('/products/p-7/reviews?limit=3'))).toMatchObject({ productId: 'p-7', items: [{ rating: 5 }, { rating: 4 }, { rating: 3 }] });
  });

  it('list products behind the offset', () => {
    const { items } = JSON.parse(catalog('/products?limit=20&offset=40')) as { items: { id: string }[] };
    expect(items).toHaveLength(20);
    expect([items[0]?.id, items[19]?.id]).toEqual(['p-41', 'p-60']);
  });

  it('answer a batch of prices in another order than asked', () => {
    const { items } = JSON.parse(pricing('/prices?ids=p-1,p-2,p-3')) as { items: { productId: string }[] };
    expect(items.map((price) => price.productId)).toEqual(['p-3', 'p-2', 'p-1']);
  });

  it('write ASCII only, so that characters count as bytes', () => {
    const all = catalog('/products/p-1') + catalog('/products?limit=2&offset=1') + documents('/p100/p-1') + pricing('/prices/p-1') + reviewsOf('/products/p-1/reviews?limit=3');
    expect(Buffer.byteLength(all)).toBe(all.length);
  });
});
