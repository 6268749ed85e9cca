import { daysFromEpoch } from './epoch.js';
import type { Price, PricePoint } from './price.schema.js';
import { seededRandom } from './seeded-random.js';
import type { CategoryWords } from './vocabulary/category.js';

/** The shop's one currency. */
export const currency = 'EUR';

const historyMonths = 24;

/** Makes the price of a product of the given category. */
export function makePrice(seed: number, productId: string, category: CategoryWords): Price {
  const { listAmountCents, supplierShare, random } = basePrice(seed, productId, category);
  const discountPercent = random.chance(0.3) ? random.between(1, 8) * 5 : 0;
  return {
    productId,
    currency,
    amountCents: Math.round((listAmountCents * (100 - discountPercent)) / 100),
    listAmountCents,
    discountPercent,
    supplierCostCents: Math.round(listAmountCents * supplierShare),
    validUntil: daysFromEpoch(random.between(2, 45)),
  };
}

/** What the shop pays for the product; the same number that {@link makePrice} carries. */
export function supplierCostCents(seed: number, productId: string, category: CategoryWords): number {
  const { listAmountCents, supplierShare } = basePrice(seed, productId, category);
  return Math.round(listAmountCents * supplierShare);
}

/** One point a month, oldest first; the last one is the price of today. */
export function makePriceHistory(seed: number, price: Price): PricePoint[] {
  const random = seededRandom(seed, `history/${price.productId}`);
  return Array.from({ length: historyMonths }, (_, index) => ({
    at: daysFromEpoch((index + 1 - historyMonths) * 30),
    amountCents: index === historyMonths - 1 ? price.amountCents : Math.round(price.listAmountCents * (0.82 + random.next() * 0.24)),
  }));
}

function basePrice(seed: number, productId: string, category: CategoryWords) {
  const random = seededRandom(seed, `price/${productId}`);
  const [low, high] = category.priceCents;
  // Squared: a shop has more cheap things than dear ones.
  const euros = Math.floor((low + (high - low) * random.next() ** 2) / 100);
  return { listAmountCents: euros * 100 + random.pick([49, 90, 95, 99]), supplierShare: 0.42 + random.next() * 0.23, random };
}
