import { categories } from '../data/product.factory.js';
import { Product } from '../data/product.schema.js';
import { Failure, IdParams, items } from '../server/answer-schema.js';
import { found } from '../server/http-error.js';
import { parseIds } from '../server/list-query.js';
import type { ServiceApp } from '../server/service-app.js';
import type { Shop } from '../shop.js';
import { banners } from './banners.js';
import { Banner, Category, ProductPage, ProductQuery } from './catalog.schema.js';
import { ProductIndex, type ProductFilter } from './product-index.js';

const comma = Buffer.from(',');

/** The range: products, categories, banners. */
export function addCatalog(app: ServiceApp, { data }: Shop): void {
  const index = new ProductIndex(data);
  const texts = new Map<string, Buffer>();
  const textOf = (product: Product): Buffer => {
    const known = texts.get(product.id);
    if (known !== undefined) return known;
    const text = Buffer.from(JSON.stringify(product));
    texts.set(product.id, text);
    return text;
  };
  const shelf = categories.map(({ id, name }) => ({ id, name, count: data.products.filter((product) => product.category === id).length }));

  app.get('/products', { schema: { operationId: 'listProducts', querystring: ProductQuery, response: { 200: ProductPage, 400: Failure } } }, (request, reply) => {
    const { q, category, brand, sort, offset, limit } = request.query;
    const ids = request.query.ids === undefined ? undefined : parseIds(request.query.ids);
    const filter: ProductFilter = { ...(q !== undefined && { q }), ...(category !== undefined && { category }), ...(brand !== undefined && { brand }), ...(ids && { ids }) };
    const all = index.find(filter, sort);
    const shown = all.slice(offset, offset + (limit ?? (ids ? 200 : 24)));
    // Joined from texts made once: a page is 100 KB, and the shop shares its machine with the gateways under test.
    const pieces = shown.flatMap((product, position) => (position === 0 ? [textOf(product)] : [comma, textOf(product)]));
    const head = Buffer.from(`{"total":${all.length},"offset":${offset},"items":[`);
    const tail = Buffer.from(`],"facets":${JSON.stringify(index.facets(filter))}}`);
    return reply.type('application/json; charset=utf-8').send(Buffer.concat([head, ...pieces, tail]));
  });

  app.get('/products/:id', { schema: { operationId: 'getProduct', params: IdParams, response: { 200: Product, 404: Failure } } }, (request, reply) =>
    reply.type('application/json; charset=utf-8').send(textOf(found(data.product(request.params.id)))),
  );

  app.get('/categories', { schema: { operationId: 'listCategories', response: { 200: items(Category) } } }, () => ({ items: shelf }));
  app.get('/banners', { schema: { operationId: 'listBanners', response: { 200: items(Banner) } } }, () => ({ items: banners }));
}
