import Type, { type Static } from 'typebox';

/** A picture in the three widths a front end may ask for. */
export const Image = Type.Object({
  id: Type.String(),
  alt: Type.String(),
  width: Type.Integer(),
  height: Type.Integer(),
  urls: Type.Object({ w320: Type.String(), w640: Type.String(), w1280: Type.String() }),
});

/** A product as the catalog keeps it, internal fields included: what a front end gets is for its BFF to choose. */
export const Product = Type.Object({
  id: Type.String(),
  sku: Type.String(),
  name: Type.String(),
  category: Type.String(),
  brand: Type.String(),
  tagline: Type.String(),
  description: Type.String(),
  attributes: Type.Array(Type.Object({ name: Type.String(), value: Type.String(), unit: Type.Optional(Type.String()) })),
  images: Type.Array(Image),
  weightGrams: Type.Integer(),
  createdAt: Type.String(),
  tags: Type.Array(Type.String()),
  supplierCost: Type.Integer({ description: 'Internal. What the shop pays, in cents.' }),
  supplierId: Type.String({ description: 'Internal.' }),
  internalNotes: Type.String({ description: 'Internal.' }),
  warehouseCodes: Type.Array(Type.String(), { description: 'Internal.' }),
});

/** A product as the catalog keeps it. */
export type Product = Static<typeof Product>;
