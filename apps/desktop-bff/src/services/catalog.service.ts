import { defineService } from '@portico/backend-client';
import Type, { type Static } from 'typebox';

const catalog = defineService('catalog');

const Image = Type.Object({
  alt: Type.String(),
  width: Type.Integer(),
  height: Type.Integer(),
  urls: Type.Object({ w320: Type.String(), w640: Type.String(), w1280: Type.String() }),
});
const Name = Type.Object({ id: Type.String(), sku: Type.String(), name: Type.String(), weightGrams: Type.Integer() });
const Row = Type.Object({ ...Name.properties, brand: Type.String(), category: Type.String(), createdAt: Type.String() });
const Card = Type.Object({ ...Name.properties, brand: Type.String(), images: Type.Array(Image) });
const Product = Type.Object({
  ...Row.properties,
  tagline: Type.String(),
  description: Type.String(),
  attributes: Type.Array(Type.Object({ name: Type.String(), value: Type.String(), unit: Type.Optional(Type.String()) })),
  images: Type.Array(Image),
  tags: Type.Array(Type.String()),
});
const Banner = Type.Object({ id: Type.String(), title: Type.String(), text: Type.String(), imageUrl: Type.String(), link: Type.String() });

/** What a row of the table needs of a product. */
export type ProductRow = Static<typeof Row>;
/** What a card shows of a product. */
export type ProductCard = Static<typeof Card>;

const everyone = { freshMs: 10_000, staleIfErrorMs: 600_000, by: 'everyone' } as const;

export const readProduct = catalog.get('/products/:id', { reads: Product, refusals: { 404: 'RESOURCE_NOT_FOUND' }, keep: everyone });
export const listProducts = catalog.get('/products', { reads: Type.Object({ total: Type.Integer(), items: Type.Array(Row) }) });
export const countProducts = catalog.get('/products', { reads: Type.Object({ total: Type.Integer() }) });
export const readCards = catalog.get('/products', { reads: Type.Object({ items: Type.Array(Card) }) });
export const readNames = catalog.get('/products', { reads: Type.Object({ items: Type.Array(Name) }) });
export const readBanners = catalog.get('/banners', { reads: Type.Object({ items: Type.Array(Banner) }), keep: { ...everyone, freshMs: 60_000 } });
