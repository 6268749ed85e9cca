import { defineViewModel, Nullable } from '@portico/view-model';
import Type from 'typebox';

const Price = Type.Object({ amountCents: Type.Integer(), currency: Type.String() });
const Image = Type.Object({ url: Type.String(), alt: Type.String() });
const Reviews = Type.Object({
  count: Type.Integer(),
  average: Type.Number(),
  lines: Type.Array(Type.Object({ rating: Type.Integer(), title: Type.String() })),
});

export const ProductView = defineViewModel(
  'Product',
  Type.Object({ id: Type.String(), name: Type.String(), brand: Type.String(), price: Price, image: Nullable(Image), reviews: Nullable(Reviews) }),
);

export const SmallView = defineViewModel('Small', Type.Object({ id: Type.String(), name: Type.String(), brand: Type.String(), image: Nullable(Image) }));

export const ListView = defineViewModel(
  'List',
  Type.Object({
    total: Type.Integer(),
    items: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), brand: Type.String(), price: Nullable(Price), image: Nullable(Image) })),
  }),
);
