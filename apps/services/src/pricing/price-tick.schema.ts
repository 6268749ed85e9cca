import Type, { type Static } from 'typebox';

/** A price that has moved. */
export const PriceTick = Type.Object({
  productId: Type.String(),
  amountCents: Type.Integer({ minimum: 1 }),
  previousCents: Type.Integer({ minimum: 1, description: 'Of the tick before; of the first one, the price.' }),
  currency: Type.String(),
  at: Type.String(),
});

/** A price that has moved. */
export type PriceTick = Static<typeof PriceTick>;
