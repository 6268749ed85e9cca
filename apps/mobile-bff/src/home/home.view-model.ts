import { defineViewModel, Nullable } from '@portico/view-model';
import Type from 'typebox';
import { CardView } from '../products/card.view-model.js';

/** The first screen: what you may like and how full your basket is. */
export const HomeView = defineViewModel(
  'MobileHome',
  Type.Object({
    picks: Type.Array(CardView),
    /** Pieces in the basket; null when it could not be read. */
    basketCount: Nullable(Type.Integer()),
  }),
  { budgetBytes: 5 * 1024 },
);
