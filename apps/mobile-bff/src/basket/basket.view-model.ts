import { defineViewModel, Nullable } from '@portico/view-model';
import Type from 'typebox';

const Line = Type.Object({
  productId: Type.String(),
  /** Null when the catalog cannot say now. */
  name: Nullable(Type.String()),
  quantity: Type.Integer(),
  /** Null as long as the price is missing. */
  lineAmountCents: Nullable(Type.Integer()),
});

/** The basket as it stands. */
export const BasketView = defineViewModel(
  'MobileBasket',
  Type.Object({
    count: Type.Integer(),
    lines: Type.Array(Line),
    /** Null as long as a price is missing. */
    totalCents: Nullable(Type.Integer()),
    currency: Nullable(Type.String()),
  }),
);
