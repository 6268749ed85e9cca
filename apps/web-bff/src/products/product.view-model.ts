import { defineViewModel, Nullable } from '@portico/view-model';
import Type from 'typebox';
import { CardView } from './card.view-model.js';
import { ImageView } from './image.view-model.js';
import { PriceView } from './price.view-model.js';

const Attribute = Type.Object({ name: Type.String(), value: Type.String(), unit: Type.Optional(Type.String()) });
const Review = Type.Object({ id: Type.String(), author: Type.String(), rating: Type.Integer(), title: Type.String(), text: Type.String(), at: Type.String(), helpful: Type.Integer() });

/** One product with all that a web page shows of it. */
export const ProductView = defineViewModel(
  'WebProduct',
  Type.Object({
    id: Type.String(),
    sku: Type.String(),
    name: Type.String(),
    brand: Type.String(),
    category: Type.String(),
    tagline: Type.String(),
    description: Type.String(),
    attributes: Type.Array(Attribute),
    images: Type.Array(ImageView),
    price: Nullable(PriceView),
    /** Pieces available; null when the stock is not known now. */
    available: Nullable(Type.Integer()),
    reviews: Nullable(Type.Object({ count: Type.Integer(), average: Type.Number(), items: Type.Array(Review) })),
    related: Type.Array(CardView),
  }),
  { budgetBytes: 40 * 1024 },
);
