import { defineViewModel, Nullable } from '@portico/view-model';
import Type from 'typebox';

const Line = Type.Object({
  productId: Type.String(),
  sku: Nullable(Type.String()),
  name: Nullable(Type.String()),
  quantity: Type.Integer(),
  unitAmountCents: Nullable(Type.Integer()),
  lineAmountCents: Nullable(Type.Integer()),
  /** Pieces in stock. */
  available: Nullable(Type.Integer()),
});

/** The basket as it stands; null stands for what is not known now. */
export const BasketView = defineViewModel(
  'DesktopBasket',
  Type.Object({
    version: Type.Integer(),
    count: Type.Integer(),
    lines: Type.Array(Line),
    /** Null as long as a price is missing. */
    totalCents: Nullable(Type.Integer()),
    currency: Nullable(Type.String()),
  }),
  { budgetBytes: 2 * 1024 * 1024 },
);
