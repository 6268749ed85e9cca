import Type, { type Static } from 'typebox';
import type { ProductImage } from '../services/catalog.service.js';

/** A picture that the browser chooses the width of. */
export const ImageView = Type.Object({ alt: Type.String(), src: Type.String(), srcset: Type.String() });

/** Shapes a picture for `<img srcset>`. */
export function toImageView({ alt, urls }: ProductImage): Static<typeof ImageView> {
  return { alt, src: urls.w640, srcset: `${urls.w320} 320w, ${urls.w640} 640w, ${urls.w1280} 1280w` };
}

/** The first picture, if there is one. */
export function firstImage(images: readonly ProductImage[]): Static<typeof ImageView> | null {
  return images[0] ? toImageView(images[0]) : null;
}
