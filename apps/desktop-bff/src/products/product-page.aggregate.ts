import { defineAggregate } from '@portico/aggregation';
import { batchSize } from '../services/batch-size.js';
import { listProducts } from '../services/catalog.service.js';
import { readStocks } from '../services/inventory.service.js';
import { readPrices } from '../services/pricing.service.js';
import { readSummaries } from '../services/reviews.service.js';
import type { Narrowing } from './product-count.aggregate.js';
import { toProductRow } from './product-row.view-model.js';

interface PageInput extends Narrowing {
  /** An order of the catalog. */
  readonly sort: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** Rows of the product table. The products are the rows; prices, stock and ratings are looked up for all of them at once. */
export const productPageAggregate = defineAggregate<PageInput>('desktop.products')
  .required('list', ({ input: { q, category, brand, sort, limit, offset } }) => listProducts({ query: { q, category, brand, sort, limit, offset } }))
  .join('prices', {
    after: ['list'],
    ids: ({ list }) => list.items.map((item) => item.id),
    fetch: (ids) => readPrices({ query: { ids } }),
    key: (price) => price.productId,
    chunkSize: batchSize,
  })
  .join('stocks', {
    after: ['list'],
    ids: ({ list }) => list.items.map((item) => item.id),
    fetch: (ids) => readStocks({ query: { ids } }),
    key: (stock) => stock.productId,
    chunkSize: batchSize,
  })
  .join('ratings', {
    after: ['list'],
    ids: ({ list }) => list.items.map((item) => item.id),
    fetch: (ids) => readSummaries({ query: { ids } }),
    key: (summary) => summary.productId,
    chunkSize: batchSize,
  })
  .into(({ list, prices, stocks, ratings }) => ({
    total: list.total,
    items: list.items.map((item) => toProductRow(item, prices.get(item.id), stocks.get(item.id), ratings.get(item.id))),
  }));
