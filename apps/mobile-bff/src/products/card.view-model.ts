import { Nullable } from '@portico/view-model';
import Type, { type Static } from 'typebox';
import type { ProductCard } from '../services/catalog.service.js';
import type { Price } from '../services/pricing.service.js';
import { firstImage, ImageView, type ImageWidth } from './image.view-model.js';
import { PriceView } from './price.view-model.js';

/** A product among others. */
export const CardView = Type.Object({
  id: Type.String(),
  name: Type.String(),
  /** Null when the price is not known now. */
  price: Nullable(PriceView),
  image: Nullable(ImageView),
});

/** Shapes a product among others. */
export function toCardView({ id, name, images }: ProductCard, price: Price | null, width: ImageWidth): Static<typeof CardView> {
  return { id, name, price, image: firstImage(images, width) };
}
