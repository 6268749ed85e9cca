import { defineViewModel, Nullable } from '@portico/view-model';
import Type from 'typebox';
import { CardView } from './card.view-model.js';

const ReviewLine = Type.Object({ rating: Type.Integer(), title: Type.String() });

/** One product, on one screen of a phone. */
export const ProductView = defineViewModel(
  'MobileProduct',
  Type.Object({
    ...CardView.properties,
    /** Null when the stock is not known now. */
    inStock: Nullable(Type.Boolean()),
    reviews: Nullable(Type.Object({ count: Type.Integer(), average: Type.Number(), lines: Type.Array(ReviewLine) })),
  }),
  { budgetBytes: 2.5 * 1024 },
);
