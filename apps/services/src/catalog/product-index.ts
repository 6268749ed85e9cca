import type { ShopData } from '../data/shop-data.js';
import type { Product } from '../data/product.schema.js';

/** The orders in which products can be listed. */
export const productSorts = ['name', '-name', 'newest', 'rating', 'price'] as const;

/** What a product list is narrowed down by; what is absent does not narrow. */
export interface ProductFilter {
  readonly q?: string;
  readonly category?: string;
  readonly brand?: string;
  readonly ids?: readonly string[];
}

/** A value and how many products have it. */
export interface FacetValue {
  readonly value: string;
  readonly count: number;
}

/** How often each category and each brand occurs, most often first. */
export interface Facets {
  readonly category: readonly FacetValue[];
  readonly brand: readonly FacetValue[];
}

/** How many filters' facets are remembered. */
const countedAtMost = 500;

/** Finds, sorts and counts products. */
export class ProductIndex {
  private readonly haystacks: ReadonlyMap<Product, string>;
  private readonly counted = new Map<string, Facets>();
  private readonly sorted = new Map<string, readonly Product[]>();

  constructor(private readonly data: ShopData) {
    this.haystacks = new Map(data.products.map((product) => [product, `${product.name} ${product.category} ${product.tags.join(' ')} ${product.tagline} ${product.sku}`.toLowerCase()]));
  }

  /** All that match, sorted; without a sort in the order of their ids. */
  find(filter: ProductFilter, sort?: (typeof productSorts)[number]): Product[] {
    return this.matching(filter, sort === undefined ? this.data.products : this.inOrder(sort));
  }

  /** Counts per category and brand. A facet ignores its own filter, so that its other values stay visible. */
  facets(filter: ProductFilter): Facets {
    const key = JSON.stringify(filter);
    const known = this.counted.get(key);
    if (known) return known;
    const facets = this.countFacets(filter);
    if (this.counted.size >= countedAtMost) this.counted.clear();
    this.counted.set(key, facets);
    return facets;
  }

  private countFacets(filter: ProductFilter): Facets {
    const { category: _category, ...withoutCategory } = filter;
    const { brand: _brand, ...withoutBrand } = filter;
    return {
      category: count(this.matching(withoutCategory, this.data.products), (product) => product.category),
      brand: count(this.matching(withoutBrand, this.data.products), (product) => product.brand),
    };
  }

  private matching({ q, category, brand, ids }: ProductFilter, products: readonly Product[]): Product[] {
    const wanted = ids && new Set(ids);
    const words = q?.toLowerCase().split(/\s+/).filter((word) => word !== '') ?? [];
    return products.filter(
      (product) =>
        (wanted === undefined || wanted.has(product.id)) &&
        (category === undefined || product.category === category) &&
        (brand === undefined || product.brand === brand) &&
        words.every((word) => this.haystacks.get(product)?.includes(word)),
    );
  }

  private inOrder(sort: (typeof productSorts)[number]): readonly Product[] {
    const known = this.sorted.get(sort);
    if (known) return known;
    const order = [...this.data.products].sort(this.comparator(sort));
    this.sorted.set(sort, order);
    return order;
  }

  private comparator(sort: (typeof productSorts)[number]): (one: Product, other: Product) => number {
    const text = (read: (product: Product) => string) => (one: Product, other: Product) => (read(one) < read(other) ? -1 : read(one) > read(other) ? 1 : 0);
    const byName = text((product) => product.name);
    switch (sort) {
      case 'name':
        return byName;
      case '-name':
        return (one, other) => byName(other, one);
      case 'newest':
        return (one, other) => text((product) => product.createdAt)(other, one);
      case 'rating':
        return (one, other) => this.rating(other) - this.rating(one);
      case 'price':
        return (one, other) => this.amount(one) - this.amount(other);
    }
  }

  private rating = (product: Product): number => this.data.reviewSummary(product.id)?.average ?? 0;
  private amount = (product: Product): number => this.data.price(product.id)?.amountCents ?? 0;
}

function count(products: readonly Product[], read: (product: Product) => string): FacetValue[] {
  const counts = new Map<string, number>();
  for (const product of products) counts.set(read(product), (counts.get(read(product)) ?? 0) + 1);
  return [...counts].map(([value, number]) => ({ value, count: number })).sort((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1));
}
