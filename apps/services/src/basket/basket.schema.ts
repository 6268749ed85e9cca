import Type, { type Static } from 'typebox';

/** The most pieces of one product. */
export const maxQuantity = 99;

const quantity = Type.Integer({ minimum: 1, maximum: maxQuantity });

/** What is put into a basket at once. */
export const AddLines = Type.Object(
  { lines: Type.Array(Type.Object({ productId: Type.String(), quantity }, { additionalProperties: false }), { minItems: 1, maxItems: 200 }) },
  { additionalProperties: false },
);

/** A new quantity for a line. */
export const ChangeLine = Type.Object({ quantity }, { additionalProperties: false });

/** A product in a basket. */
export const BasketLine = Type.Object({ productId: Type.String(), quantity, addedAt: Type.String() });

/** A product in a basket. */
export type BasketLine = Readonly<Static<typeof BasketLine>>;

/** A customer's basket; its version grows by one with each change. */
export const Basket = Type.Object({ customerId: Type.String(), version: Type.Integer(), lines: Type.Array(BasketLine) });

/** A customer's basket. */
export interface Basket {
  readonly customerId: string;
  readonly version: number;
  readonly lines: readonly BasketLine[];
}
