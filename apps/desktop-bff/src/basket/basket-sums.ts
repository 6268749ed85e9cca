import type { Joined } from '@portico/aggregation';
import type { Basket } from '../services/basket.service.js';
import type { Price } from '../services/pricing.service.js';

/** Pieces in a basket, for the badge. */
export function countPieces({ lines }: Basket): number {
  return lines.reduce((sum, { quantity }) => sum + quantity, 0);
}

/** Sum of a basket in cents; null as long as a price is missing: a sum that leaves something out would be a promise nobody keeps. */
export function totalCents({ lines }: Basket, prices: Joined<Price>): number | null {
  let sum = 0;
  for (const { productId, quantity } of lines) {
    const price = prices.get(productId);
    if (!price) return null;
    sum += price.amountCents * quantity;
  }
  return sum;
}
