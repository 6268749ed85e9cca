import { defineAggregate } from '@portico/aggregation';
import type { ServiceCall } from '@portico/backend-client';
import { toCardView } from '../products/card.view-model.js';
import { readBasket, type Basket } from '../services/basket.service.js';
import { readCards } from '../services/catalog.service.js';
import { readPrices } from '../services/pricing.service.js';
import { BasketView } from './basket.view-model.js';
import { totalCents } from './total.js';

interface BasketInput {
  /** The change whose result is shown; the basket is only read without one. */
  readonly change?: ServiceCall<Basket>;
}

/** The lines are the basket; names and prices are looked up for all of them at once. */
export const basketAggregate = defineAggregate<BasketInput>('web.basket')
  .required('basket', ({ input, caller }) => input.change ?? readBasket({ params: { id: caller.id } }))
  .join('products', {
    after: ['basket'],
    ids: ({ basket }) => basket.lines.map((line) => line.productId),
    fetch: (ids) => readCards({ query: { ids } }),
    key: (product) => product.id,
  })
  .join('prices', {
    after: ['basket'],
    ids: ({ basket }) => basket.lines.map((line) => line.productId),
    fetch: (ids) => readPrices({ query: { ids } }),
    key: (price) => price.productId,
  })
  .shape(BasketView, ({ basket, products, prices }) => ({
    version: basket.version,
    count: basket.lines.reduce((sum, line) => sum + line.quantity, 0),
    lines: basket.lines.map(({ productId, quantity }) => {
      const product = products.get(productId);
      const price = prices.get(productId);
      return { productId, quantity, product: product && toCardView(product, price), lineAmountCents: price && price.amountCents * quantity };
    }),
    totalCents: totalCents(basket, prices),
    currency: basket.lines[0] ? (prices.get(basket.lines[0].productId)?.currency ?? null) : null,
  }));
