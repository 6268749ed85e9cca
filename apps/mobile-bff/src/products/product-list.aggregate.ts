import { defineAggregate } from '@portico/aggregation';
import { listProducts } from '../services/catalog.service.js';
import { readPrices } from '../services/pricing.service.js';
import { toCardView } from './card.view-model.js';
import { readCursor, writeCursor } from './product-list.cursor.js';
import type { ProductListQuery } from './product-list.query.js';
import { ProductListView } from './product-list.view-model.js';

const pageSize = 10;

const offsetOf = (query: ProductListQuery): number => readCursor(query, query.cursor) ?? 0;

/** The products are the page; their prices are looked up all at once. */
export const productListAggregate = defineAggregate<ProductListQuery>('mobile.products')
  .required('list', ({ input }) => {
    const { q, category, sort } = input;
    return listProducts({ query: { q, category, sort, limit: pageSize, offset: offsetOf(input) } });
  })
  .join('prices', {
    after: ['list'],
    ids: ({ list }) => list.items.map((item) => item.id),
    fetch: (ids) => readPrices({ query: { ids } }),
    key: (price) => price.productId,
  })
  .shape(ProductListView, ({ input, list, prices }) => {
    const next = offsetOf(input) + pageSize;
    return {
      items: list.items.map((item) => toCardView(item, prices.get(item.id), input.imageWidth)),
      nextCursor: next < list.total ? writeCursor(input, next) : null,
    };
  });
