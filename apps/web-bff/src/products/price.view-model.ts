import Type, { type Static } from 'typebox';
import type { Price } from '../services/pricing.service.js';

/** A price as the web shop shows it. */
export const PriceView = Type.Object({
  currency: Type.String(),
  amountCents: Type.Integer(),
  listAmountCents: Type.Integer(),
  discountPercent: Type.Integer(),
});

/** Shapes a price; null where none is known. */
export function toPriceView(price: Price | null): Static<typeof PriceView> | null {
  return price;
}
