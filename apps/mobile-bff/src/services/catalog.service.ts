import { defineService } from '@portico/backend-client';
import Type, { type Static } from 'typebox';

const catalog = defineService('catalog');

const Image = Type.Object({ alt: Type.String(), urls: Type.Object({ w320: Type.String(), w640: Type.String(), w1280: Type.String() }) });
const Card = Type.Object({ id: Type.String(), name: Type.String(), images: Type.Array(Image) });
const Name = Type.Object({ id: Type.String(), name: Type.String() });

/** All that a phone shows of a product. */
export type ProductCard = Static<typeof Card>;
/** A picture in three widths. */
export type ProductImage = Static<typeof Image>;

const everyone = { freshMs: 10_000, staleIfErrorMs: 600_000, by: 'everyone' } as const;

export const readProduct = catalog.get('/products/:id', { reads: Card, refusals: { 404: 'RESOURCE_NOT_FOUND' }, keep: everyone });
export const listProducts = catalog.get('/products', { reads: Type.Object({ total: Type.Integer(), items: Type.Array(Card) }) });
export const readCards = catalog.get('/products', { reads: Type.Object({ items: Type.Array(Card) }) });
export const readNames = catalog.get('/products', { reads: Type.Object({ items: Type.Array(Name) }) });
