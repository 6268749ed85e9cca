import Type from 'typebox';
import { Product } from '../data/product.schema.js';
import { maxIds, paging } from '../server/list-query.js';
import { productSorts } from './product-index.js';

const facet = Type.Array(Type.Object({ value: Type.String(), count: Type.Integer() }));

/** How to narrow, sort and page the product list. */
export const ProductQuery = Type.Object({
  q: Type.Optional(Type.String({ maxLength: 200, description: 'Every word must occur in name, category, tags, tagline or SKU.' })),
  category: Type.Optional(Type.String({ description: 'A category id.' })),
  brand: Type.Optional(Type.String()),
  sort: Type.Optional(Type.Enum([...productSorts])),
  ids: Type.Optional(Type.String({ description: `At most ${maxIds} ids, separated by commas; the default limit is then ${maxIds}.` })),
  offset: paging(24, 200).offset,
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, description: '24 unless ids are given.' })),
});

/** One page of products with the facets of the whole result. */
export const ProductPage = Type.Object({
  total: Type.Integer(),
  offset: Type.Integer(),
  items: Type.Array(Product),
  facets: Type.Object({ category: facet, brand: facet }),
});

/** A category and how many products it has. */
export const Category = Type.Object({ id: Type.String(), name: Type.String(), count: Type.Integer() });

/** What the shop advertises on its first screen. */
export const Banner = Type.Object({ id: Type.String(), title: Type.String(), text: Type.String(), imageUrl: Type.String(), link: Type.String() });
