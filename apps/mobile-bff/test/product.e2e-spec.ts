import { withShop } from '@portico/testing';
import { assertWithinBudget } from '@portico/view-model';
import { describe, expect, it } from 'vitest';
import { mobileBff } from '../src/mobile-bff.js';
import { ProductView } from '../src/products/product.view-model.js';

describe('GET /api/products/:id', () => {
  const given = withShop(mobileBff);

  const stockOf = async (id: string) => ((await (await fetch(`${given.shop.origins.inventory}/stock/${id}`)).json()) as { available: number }).available;

  it('shows everyone name, price, stock yes or no, one image and three review lines', async () => {
    const { body } = await given.bff.anonymous.get('/api/products/p-0002').expect(200);
    expect(body).toEqual({
      id: 'p-0002',
      name: expect.any(String),
      price: { amountCents: expect.any(Number), currency: 'EUR' },
      image: { url: 'https://images.shop.example/p-0002/1-w320.webp', alt: expect.any(String) },
      inStock: (await stockOf('p-0002')) > 0,
      reviews: { count: expect.any(Number), average: expect.any(Number), lines: [1, 2, 3].map(() => ({ rating: expect.any(Number), title: expect.any(String) })) },
    });
  });

  it('says no when nothing is left', async () => {
    const ids = Array.from({ length: 200 }, (_, index) => `p-${String(index + 1).padStart(4, '0')}`);
    const { items } = (await (await fetch(`${given.shop.origins.inventory}/stock?ids=${ids.join(',')}`)).json()) as { items: { productId: string; available: number }[] };
    const soldOut = items.find(({ available }) => available === 0)?.productId;
    const { body } = await given.bff.anonymous.get(`/api/products/${soldOut}`).expect(200);
    expect(body.inStock).toBe(false);
  });

  it.each([320, 640, 1280])('shows the image in %i pixels when asked to', async (imageWidth) => {
    const { body } = await given.bff.anonymous.get(`/api/products/p-0003?imageWidth=${imageWidth}`).expect(200);
    expect(body.image.url).toBe(`https://images.shop.example/p-0003/1-w${imageWidth}.webp`);
  });

  it.each(['p-0001', 'p-0002', 'p-0017', 'p-0300', 'p-0777', 'p-1023', 'p-1200'])('stays within its budget for %s', async (id) => {
    const { text } = await given.bff.anonymous.get(`/api/products/${id}?imageWidth=1280`).expect(200);
    assertWithinBudget(ProductView, text);
  });

  it('lets nothing out that the services keep to themselves', async () => {
    const { text } = await given.bff.anonymous.get('/api/products/p-0005').expect(200);
    expect(text).not.toMatch(/supplier|internal|authorEmail|warehouse|description|attributes|author/i);
  });

  it('knows no product that the catalog does not know', async () => {
    const { body } = await given.bff.anonymous.get('/api/products/p-9999').expect(404);
    expect(body.code).toBe('RESOURCE_NOT_FOUND');
  });

  it('lists every fault of path and query', async () => {
    const { body } = await given.bff.anonymous.get('/api/products/p!x').expect(400);
    expect(body.faults[0].path).toBe('path.id');
    const wide = await given.bff.anonymous.get('/api/products/p-0001?imageWidth=big&colour=red').expect(400);
    expect(wide.body.faults.map((fault: { path: string }) => fault.path).sort()).toEqual(['query.colour', 'query.imageWidth']);
  });

  it('refuses a token that is not valid although none is needed', async () => {
    const { body } = await given.bff.anonymous.get('/api/products/p-0001').set('authorization', 'Bearer a.b.c').expect(401);
    expect(body.code).toBe('TOKEN_INVALID');
  });

  it('stands without price, stock and reviews, and says so', async () => {
    for (const service of ['pricing', 'inventory', 'reviews']) await given.shop.faults(service, { errorRate: 1 });
    const { body, headers } = await given.bff.anonymous.get('/api/products/p-0042').expect(200);
    for (const service of ['pricing', 'inventory', 'reviews']) await given.shop.faults(service, {});
    expect(body).toMatchObject({ id: 'p-0042', price: null, inStock: null, reviews: null });
    expect((headers['portico-degraded'] as string).split(', ').sort()).toEqual(['price;reason=invalid', 'reviews;reason=invalid', 'stock;reason=invalid']);
  });
});
