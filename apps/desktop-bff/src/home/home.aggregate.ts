import { defineAggregate } from '@portico/aggregation';
import { countPieces } from '../basket/basket-sums.js';
import { isOperator } from '../operator/operator.js';
import { toCardView } from '../products/card.view-model.js';
import { readBasket } from '../services/basket.service.js';
import { readBanners, readCards, readNames } from '../services/catalog.service.js';
import { readCustomer } from '../services/customers.service.js';
import { readAlerts } from '../services/inventory.service.js';
import { readSummary } from '../services/ordering.service.js';
import { readPrices } from '../services/pricing.service.js';
import { readPicks } from '../services/recommendations.service.js';
import { HomeView } from './home.view-model.js';

const picksShown = 12;
const alertsShown = 10;

/** No part of the first screen is worth an error: what is missing is left out. What only operators see is only asked for on their behalf. */
export const homeAggregate = defineAggregate('desktop.home')
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
  .optional('orders', () => readSummary(), { when: ({ caller }) => isOperator(caller) })
  .optional('alerts', () => readAlerts({ query: { limit: alertsShown } }), { when: ({ caller }) => isOperator(caller) })
  .join('alertProducts', {
    after: ['alerts'],
    ids: ({ alerts }) => (alerts.ok ? alerts.value.items.map((alert) => alert.productId) : []),
    fetch: (ids) => readNames({ query: { ids } }),
    key: (product) => product.id,
  })
  .shape(HomeView, ({ caller, profile, basket, banners, picks, products, prices, orders, alerts, alertProducts }) => ({
    profile: profile.ok ? profile.value : null,
    basketCount: basket.ok ? countPieces(basket.value) : null,
    banners: banners.items,
    picks: picks.items.flatMap(({ productId, reason }) => {
      const product = products.get(productId);
      return product ? [{ ...toCardView(product, prices.get(productId)), reason }] : [];
    }),
    tiles: isOperator(caller)
      ? {
          openOrders: orders.ok ? orders.value.open : null,
          revenueCents: orders.ok ? orders.value.revenueCents : null,
          stockAlerts: alerts.ok
            ? { total: alerts.value.total, items: alerts.value.items.map((alert) => ({ ...alert, name: alertProducts.get(alert.productId)?.name ?? null })) }
            : null,
        }
      : null,
  }));
