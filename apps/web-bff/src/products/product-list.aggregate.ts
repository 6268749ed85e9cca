import { defineAggregate } from '@portico/aggregation';
import { listProducts } from '../services/catalog.service.js';
import { readPrices } from '../services/pricing.service.js';
import { readSummaries } from '../services/reviews.service.js';
import { toCardView } from './card.view-model.js';
import type { ProductListQuery } from './product-list.query.js';
import { ProductListView } from './product-list.view-model.js';

const pageSize = 24;

/** The products are the page; prices and ratings are looked up for all of them at once. */
export const productListAggregate = defineAggregate<ProductListQuery>('web.products')
  .required('list', ({ input: { q, category, brand, sort, page } }) =>
    listProducts({ query: { q, category, brand, sort, limit: pageSize, offset: (page - 1) * pageSize } }),
  )
  .join('prices', {
    after: ['list'],
    ids: ({ list }) => list.items.map((item) => item.id),
    fetch: (ids) => readPrices({ query: { ids } }),
    key: (price) => price.productId,
  })
  .join('ratings', {
    after: ['list'],
    ids: ({ list }) => list.items.map((item) => item.id),
    fetch: (ids) => readSummaries({ query: { ids } }),
    key: (summary) => summary.productId,
  })
  .shape(ProductListView, ({ input, list, prices, ratings }) => ({
    total: list.total,
    page: input.page,
    pages: Math.ceil(list.total / pageSize),
    items: list.items.map((item) => ({ ...toCardView(item, prices.get(item.id)), rating: ratings.get(item.id) })),
    facets: list.facets,
  }));
