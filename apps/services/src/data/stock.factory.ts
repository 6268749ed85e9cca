import { seededRandom } from './seeded-random.js';
import type { Stock } from './stock.schema.js';

/** The shop's warehouses. */
export const warehouses: readonly { readonly id: string; readonly name: string }[] = [
  { id: 'wh-rtm', name: 'Rotterdam' },
  { id: 'wh-lej', name: 'Leipzig' },
  { id: 'wh-lys', name: 'Lyon' },
  { id: 'wh-opo', name: 'Porto' },
];

/** Makes the stock of a product: about one in twelve has run out, a few more are low. */
export function makeStock(seed: number, productId: string): Stock {
  const random = seededRandom(seed, `stock/${productId}`);
  const most = random.chance(0.08) ? 0 : random.chance(0.1) ? 6 : 120;
  const shelves = warehouses.map((warehouse) => ({ ...warehouse, quantity: random.between(0, most) }));
  return {
    productId,
    available: shelves.reduce((sum, shelf) => sum + shelf.quantity, 0),
    warehouses: shelves,
    reorderLevel: random.between(2, 12) * 5,
  };
}
