import { Nullable } from '@portico/view-model';
import Type, { type Static } from 'typebox';
import type { ProductCard } from '../services/catalog.service.js';
import type { Price } from '../services/pricing.service.js';
import { firstImage, ImageView } from './image.view-model.js';
import { PriceView, toPriceView } from './price.view-model.js';

/** A product among others. */
export const CardView = Type.Object({
  id: Type.String(),
  name: Type.String(),
  brand: Type.String(),
  tagline: Type.String(),
  price: Nullable(PriceView),
  image: Nullable(ImageView),
});

/** Shapes a product among others. */
export function toCardView(product: ProductCard, price: Price | null): Static<typeof CardView> {
  const { id, name, brand, tagline } = product;
  return { id, name, brand, tagline, price: toPriceView(price), image: firstImage(product.images) };
}
