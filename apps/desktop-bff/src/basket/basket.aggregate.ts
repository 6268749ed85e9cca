import { defineAggregate } from '@portico/aggregation';
import type { ServiceCall } from '@portico/backend-client';
import { readBasket, type Basket } from '../services/basket.service.js';
import { batchSize } from '../services/batch-size.js';
import { readNames } from '../services/catalog.service.js';
import { readStocks } from '../services/inventory.service.js';
import { readPrices } from '../services/pricing.service.js';
import { countPieces, totalCents } from './basket-sums.js';
import { BasketView } from './basket.view-model.js';

interface BasketInput {
  /** The change whose result is shown; the basket is only read without one. */
  readonly change?: ServiceCall<Basket>;
}

/** The lines are the basket; names, prices and stock are looked up for all of them at once. */
export const basketAggregate = defineAggregate<BasketInput>('desktop.basket')
  .required('basket', ({ input, caller }) => input.change ?? readBasket({ params: { id: caller.id } }))
  .join('products', {
    after: ['basket'],
    ids: ({ basket }) => basket.lines.map((line) => line.productId),
    fetch: (ids) => readNames({ query: { ids } }),
    key: (product) => product.id,
    chunkSize: batchSize,
  })
  .join('prices', {
    after: ['basket'],
    ids: ({ basket }) => basket.lines.map((line) => line.productId),
    fetch: (ids) => readPrices({ query: { ids } }),
    key: (price) => price.productId,
    chunkSize: batchSize,
  })
  .join('stocks', {
    after: ['basket'],
    ids: ({ basket }) => basket.lines.map((line) => line.productId),
    fetch: (ids) => readStocks({ query: { ids } }),
    key: (stock) => stock.productId,
    chunkSize: batchSize,
  })
  .shape(BasketView, ({ basket, products, prices, stocks }) => ({
    version: basket.version,
    count: countPieces(basket),
    lines: basket.lines.map(({ productId, quantity }) => {
      const product = products.get(productId);
      const price = prices.get(productId);
      return {
        productId,
        sku: product && product.sku,
        name: product && product.name,
        quantity,
        unitAmountCents: price && price.amountCents,
        lineAmountCents: price && price.amountCents * quantity,
        available: stocks.get(productId)?.available ?? null,
      };
    }),
    totalCents: totalCents(basket, prices),
    currency: basket.lines[0] ? (prices.get(basket.lines[0].productId)?.currency ?? null) : null,
  }));
