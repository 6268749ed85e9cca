import { defineAggregate } from '@portico/aggregation';
import type { ServiceCall } from '@portico/backend-client';
import { readBasket, type Basket } from '../services/basket.service.js';
import { readNames } from '../services/catalog.service.js';
import { readPrices } from '../services/pricing.service.js';
import { countPieces, totalCents } from './basket-sums.js';
import { BasketView } from './basket.view-model.js';

interface BasketInput {
  /** The change whose result is shown; the basket is only read without one. */
  readonly change?: ServiceCall<Basket>;
}

/** The lines are the basket; names and prices are looked up for all of them at once. */
export const basketAggregate = defineAggregate<BasketInput>('mobile.basket')
  .required('basket', ({ input, caller }) => input.change ?? readBasket({ params: { id: caller.id } }))
  .join('products', {
    after: ['basket'],
    ids: ({ basket }) => basket.lines.map((line) => line.productId),
    fetch: (ids) => readNames({ query: { ids } }),
    key: (product) => product.id,
  })
  .join('prices', {
    after: ['basket'],
    ids: ({ basket }) => basket.lines.map((line) => line.productId),
    fetch: (ids) => readPrices({ query: { ids } }),
    key: (price) => price.productId,
  })
  .shape(BasketView, ({ basket, products, prices }) => ({
    count: countPieces(basket),
    lines: basket.lines.map(({ productId, quantity }) => {
      const price = prices.get(productId);
      return { productId, name: products.get(productId)?.name ?? null, quantity, lineAmountCents: price && price.amountCents * quantity };
    }),
    totalCents: totalCents(basket, prices),
    currency: basket.lines[0] ? (prices.get(basket.lines[0].productId)?.currency ?? null) : null,
  }));
