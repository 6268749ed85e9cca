import { defineAggregate } from '@portico/aggregation';
import { toCardView } from '../products/card.view-model.js';
import { readBasket } from '../services/basket.service.js';
import { readBanners, readCards } from '../services/catalog.service.js';
import { readCustomer } from '../services/customers.service.js';
import { readPrices } from '../services/pricing.service.js';
import { readPicks } from '../services/recommendations.service.js';
import { HomeView } from './home.view-model.js';

const picksShown = 12;

/** No part of the first screen is worth an error: what is missing is left out. */
export const homeAggregate = defineAggregate('web.home')
  .optional('profile', ({ caller }) => readCustomer({ params: { id: caller.id } }), { stale: true })
  .optional('basket', ({ caller }) => readBasket({ params: { id: caller.id } }))
  .withDefault('banners', { items: [] }, () => readBanners(), { stale: true })
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
  .shape(HomeView, ({ profile, basket, banners, picks, products, prices }) => ({
    profile: profile.ok ? profile.value : null,
    basketCount: basket.ok ? basket.value.lines.reduce((sum, line) => sum + line.quantity, 0) : null,
    banners: banners.items,
    picks: picks.items.flatMap(({ productId, reason }) => {
      const product = products.get(productId);
      return product ? [{ ...toCardView(product, prices.get(productId)), reason }] : [];
    }),
  }));
