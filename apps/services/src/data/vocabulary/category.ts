/** What the words of one category are made of: everything a product of it is assembled from. */
export interface CategoryWords {
  /** Stable slug, as used in `?category=`. */
  readonly id: string;
  readonly name: string;
  readonly nouns: readonly string[];
  readonly materials: readonly string[];
  readonly uses: readonly string[];
  readonly tags: readonly string[];
  readonly priceCents: readonly [number, number];
  readonly weightGrams: readonly [number, number];
  readonly attributes: readonly AttributeWords[];
}

/** A property of a category: a measured one (range and unit) or one of some words. */
export type AttributeWords =
  | { readonly name: string; readonly unit: string; readonly range: readonly [number, number] }
  | { readonly name: string; readonly words: readonly string[] };

/** A measured property. */
export const measured = (name: string, unit: string, low: number, high: number): AttributeWords => ({ name, unit, range: [low, high] });

/** A property with one of the given words. */
export const worded = (name: string, ...words: string[]): AttributeWords => ({ name, words });
