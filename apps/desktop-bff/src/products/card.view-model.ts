import { Nullable } from '@portico/view-model';
import Type, { type Static } from 'typebox';
import type { ProductCard } from '../services/catalog.service.js';
import type { Price } from '../services/pricing.service.js';
import { ImageView } from './image.view-model.js';
import { PriceView } from './price.view-model.js';

/** A product among others. */
export const CardView = Type.Object({
  id: Type.String(),
  sku: Type.String(),
  name: Type.String(),
  brand: Type.String(),
  price: Nullable(PriceView),
  image: Nullable(ImageView),
});

/** Shapes a product among others. */
export function toCardView({ id, sku, name, brand, images }: ProductCard, price: Price | null): Static<typeof CardView> {
  return { id, sku, name, brand, price, image: images[0] ?? null };
}
