import Type, { type Static } from 'typebox';
import type { ProductImage } from '../services/catalog.service.js';

/** The widths that a phone may ask for, in pixels. */
export const imageWidths = [320, 640, 1280] as const;

/** A width that a phone may ask for, in pixels. */
export type ImageWidth = (typeof imageWidths)[number];

/** One picture in one width. */
export const ImageView = Type.Object({ url: Type.String(), alt: Type.String() });

/** The first picture in the width asked for, if there is one. */
export function firstImage(images: readonly ProductImage[], width: ImageWidth): Static<typeof ImageView> | null {
  const [image] = images;
  return image ? { url: image.urls[`w${width}`], alt: image.alt } : null;
}
