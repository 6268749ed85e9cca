import { defineViewModel, Nullable } from '@portico/view-model';
import Type from 'typebox';
import { CardView } from './card.view-model.js';
import { ImageView } from './image.view-model.js';
import { PriceView } from './price.view-model.js';

const Attribute = Type.Object({ name: Type.String(), value: Type.String(), unit: Type.Optional(Type.String()) });
const Warehouse = Type.Object({ id: Type.String(), name: Type.String(), quantity: Type.Integer() });
const Review = Type.Object({ id: Type.String(), author: Type.String(), rating: Type.Integer(), title: Type.String(), text: Type.String(), at: Type.String(), helpful: Type.Integer() });

/** One product with all that there is to say; null stands for what is not known now. */
export const ProductView = defineViewModel(
  'DesktopProduct',
  Type.Object({
    id: Type.String(),
    sku: Type.String(),
    name: Type.String(),
    brand: Type.String(),
    category: Type.String(),
    tagline: Type.String(),
    description: Type.String(),
    attributes: Type.Array(Attribute),
    tags: Type.Array(Type.String()),
    images: Type.Array(ImageView),
    weightGrams: Type.Integer(),
    createdAt: Type.String(),
    price: Nullable(PriceView),
    /** Oldest first. */
    priceHistory: Nullable(Type.Array(Type.Object({ at: Type.String(), amountCents: Type.Integer() }))),
    stock: Nullable(Type.Object({ available: Type.Integer(), reorderLevel: Type.Integer(), warehouses: Type.Array(Warehouse) })),
    reviews: Nullable(Type.Object({ count: Type.Integer(), average: Type.Number(), items: Type.Array(Review) })),
    related: Type.Array(CardView),
  }),
  { budgetBytes: 2 * 1024 * 1024 },
);
