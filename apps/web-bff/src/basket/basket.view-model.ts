import { defineViewModel, Nullable } from '@portico/view-model';
import Type from 'typebox';
import { CardView } from '../products/card.view-model.js';

const Line = Type.Object({ productId: Type.String(), quantity: Type.Integer(), product: Nullable(CardView), lineAmountCents: Nullable(Type.Integer()) });

/** The basket as it stands. */
export const BasketView = defineViewModel(
  'WebBasket',
  Type.Object({
    version: Type.Integer(),
    count: Type.Integer(),
    lines: Type.Array(Line),
    /** Null as long as a price is missing. */
    totalCents: Nullable(Type.Integer()),
    currency: Nullable(Type.String()),
  }),
);
