import { CustomerDirectory } from './customers/customer-directory.js';
import { createShopData, type ShopData } from './data/shop-data.js';
import { IdentitySwitches } from './identity/identity-switches.js';
import type { IdentitySettings } from './identity/identity.settings.js';
import { OrderBook } from './ordering/order-book.js';

/**
 * What the services of one process share. Customers and orders change while the shop runs: services in one process see
 * each other's changes, services in processes of their own start from the same seed and then go separate ways.
 */
export interface Shop {
  readonly data: ShopData;
  readonly customers: CustomerDirectory;
  readonly orders: OrderBook;
  readonly identity: IdentitySettings;
  readonly switches: IdentitySwitches;
  readonly priceTicksPerSecond: number;
  readonly now: () => Date;
}

/** Lays out a shop from its seed. */
export function createShop({ seed, ...settings }: Pick<Shop, 'identity' | 'priceTicksPerSecond' | 'now'> & { readonly seed: number }): Shop {
  const data = createShopData(seed);
  const customers = new CustomerDirectory(data);
  return { data, customers, orders: new OrderBook(data, settings.now), switches: new IdentitySwitches(), ...settings };
}
