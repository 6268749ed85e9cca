import Type, { type Static } from 'typebox';

/** What a product costs now; `supplierCostCents` is internal. */
export const Price = Type.Object({
  productId: Type.String(),
  currency: Type.String(),
  amountCents: Type.Integer(),
  listAmountCents: Type.Integer(),
  discountPercent: Type.Integer(),
  supplierCostCents: Type.Integer({ description: 'Internal.' }),
  validUntil: Type.String(),
});

/** What a product costs now. */
export type Price = Static<typeof Price>;

/** What a product cost at a moment. */
export const PricePoint = Type.Object({ at: Type.String(), amountCents: Type.Integer() });

/** What a product cost at a moment. */
export type PricePoint = Static<typeof PricePoint>;
