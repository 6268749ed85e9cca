import { defineViewModel, Nullable } from '@portico/view-model';
import Type from 'typebox';
import { CardView } from './card.view-model.js';

const Rating = Type.Object({ count: Type.Integer(), average: Type.Number() });
const Facet = Type.Array(Type.Object({ value: Type.String(), count: Type.Integer() }));

/** A page of products with the facets of the whole result. */
export const ProductListView = defineViewModel(
  'WebProductList',
  Type.Object({
    total: Type.Integer(),
    page: Type.Integer(),
    pages: Type.Integer(),
    items: Type.Array(Type.Object({ ...CardView.properties, rating: Nullable(Rating) })),
    facets: Type.Object({ category: Facet, brand: Facet }),
  }),
  { budgetBytes: 40 * 1024 },
);
