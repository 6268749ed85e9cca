import type { AddService, ServiceTools } from './server/open-service.js';
import type { ServiceApp } from './server/service-app.js';
import type { Shop } from './shop.js';

/** All services, in the order of their default ports. */
export const serviceNames = ['identity', 'catalog', 'pricing', 'inventory', 'reviews', 'recommendations', 'basket', 'ordering', 'customers', 'shipping'] as const;

/** A service of the shop. */
export type ServiceName = (typeof serviceNames)[number];

/** Where the services listen unless told otherwise. */
export const defaultPorts = Object.fromEntries(serviceNames.map((name, index) => [name, 4_000 + index])) as Readonly<Record<ServiceName, number>>;

/** Loads a service; one that is not wanted costs no time and no memory. */
export const loadService: Readonly<Record<ServiceName, () => Promise<(app: ServiceApp, shop: Shop, tools: ServiceTools) => ReturnType<AddService>>>> = {
  identity: async () => (await import('./identity/identity.service.js')).addIdentity,
  catalog: async () => (await import('./catalog/catalog.service.js')).addCatalog,
  pricing: async () => (await import('./pricing/pricing.service.js')).addPricing,
  inventory: async () => (await import('./inventory/inventory.service.js')).addInventory,
  reviews: async () => (await import('./reviews/reviews.service.js')).addReviews,
  recommendations: async () => (await import('./recommendations/recommendations.service.js')).addRecommendations,
  basket: async () => (await import('./basket/basket.service.js')).addBasket,
  ordering: async () => (await import('./ordering/ordering.service.js')).addOrdering,
  customers: async () => (await import('./customers/customers.service.js')).addCustomers,
  shipping: async () => (await import('./shipping/shipping.service.js')).addShipping,
};
