import { defineAggregate } from '@portico/aggregation';
import { countPieces } from '../basket/basket-sums.js';
import { toCardView } from '../products/card.view-model.js';
import { readBasket } from '../services/basket.service.js';
import { readCards } from '../services/catalog.service.js';
import { readPrices } from '../services/pricing.service.js';
import { readPicks } from '../services/recommendations.service.js';
import { HomeView } from './home.view-model.js';

const picksShown = 6;
const imageWidth = 320;

/** No part of the first screen is worth an error: what is missing is left out. */
export const homeAggregate = defineAggregate('mobile.home')
  .optional('basket', ({ caller }) => readBasket({ params: { id: caller.id } }))
  .withDefault('picks', { items: [] }, ({ caller }) => readPicks({ params: { id: caller.id }, query: { limit: picksShown } }), { stale: true })
  .join('products', {
    after: ['picks'],
    ids: ({ picks }) => picks.items.map((pick) => pick.productId),
    fetch: (ids) => readCards({ query: { ids } }),
    key: (product) => product.id,
  })
  .join('prices', {
    after: ['picks'],
    ids: ({ picks }) => picks.items.map((pick) => pick.productId),
    fetch: (ids) => readPrices({ query: { ids } }),
    key: (price) => price.productId,
  })
  .shape(HomeView, ({ basket, picks, products, prices }) => ({
    basketCount: basket.ok ? countPieces(basket.value) : null,
    picks: picks.items.flatMap(({ productId }) => {
      const product = products.get(productId);
      return product ? [toCardView(product, prices.get(productId), imageWidth)] : [];
    }),
  }));
