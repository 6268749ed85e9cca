import { defineService } from '@portico/backend-client';
import Type, { type Static } from 'typebox';

const catalog = defineService('catalog');

const Image = Type.Object({ alt: Type.String(), urls: Type.Object({ w320: Type.String(), w640: Type.String(), w1280: Type.String() }) });
const Card = Type.Object({ id: Type.String(), name: Type.String(), brand: Type.String(), tagline: Type.String(), weightGrams: Type.Integer(), images: Type.Array(Image) });
const Product = Type.Object({
  ...Card.properties,
  sku: Type.String(),
  category: Type.String(),
  description: Type.String(),
  attributes: Type.Array(Type.Object({ name: Type.String(), value: Type.String(), unit: Type.Optional(Type.String()) })),
});
const Facet = Type.Array(Type.Object({ value: Type.String(), count: Type.Integer() }));
const Banner = Type.Object({ id: Type.String(), title: Type.String(), text: Type.String(), imageUrl: Type.String(), link: Type.String() });

/** What a card shows of a product. */
export type ProductCard = Static<typeof Card>;
/** A picture in three widths. */
export type ProductImage = Static<typeof Image>;

const everyone = { freshMs: 10_000, staleIfErrorMs: 600_000, by: 'everyone' } as const;

export const readProduct = catalog.get('/products/:id', { reads: Product, refusals: { 404: 'RESOURCE_NOT_FOUND' }, keep: everyone });
export const listProducts = catalog.get('/products', {
  reads: Type.Object({ total: Type.Integer(), items: Type.Array(Card), facets: Type.Object({ category: Facet, brand: Facet }) }),
});
export const readCards = catalog.get('/products', { reads: Type.Object({ items: Type.Array(Card) }) });
export const readBanners = catalog.get('/banners', { reads: Type.Object({ items: Type.Array(Banner) }), keep: { ...everyone, freshMs: 60_000 } });
