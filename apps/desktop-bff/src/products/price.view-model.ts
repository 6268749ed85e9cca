import Type from 'typebox';

/** A price with all that is known of it. */
export const PriceView = Type.Object({
  currency: Type.String(),
  amountCents: Type.Integer(),
  listAmountCents: Type.Integer(),
  discountPercent: Type.Integer(),
  validUntil: Type.String(),
});
