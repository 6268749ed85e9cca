import { defineViewModel, Nullable } from '@portico/view-model';
import Type from 'typebox';
import { CardView } from './card.view-model.js';

/** A page of products. */
export const ProductListView = defineViewModel(
  'MobileProductList',
  Type.Object({
    items: Type.Array(CardView),
    /** Sent back as `cursor` it brings the next page; null on the last one. */
    nextCursor: Nullable(Type.String()),
  }),
  { budgetBytes: 6 * 1024 },
);
