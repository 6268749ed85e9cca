import Type, { type TSchema } from 'typebox';

/** What every failure answers. */
export const Failure = Type.Object({ error: Type.String(), detail: Type.Optional(Type.String()) });

/** A list under `items`. */
export const items = <T extends TSchema>(schema: T) => Type.Object({ items: Type.Array(schema) });

/** A page of a list: `total` counts what matches, not what is on the page. */
export const page = <T extends TSchema>(schema: T) => Type.Object({ total: Type.Integer(), items: Type.Array(schema) });

/** A path parameter `id`. */
export const IdParams = Type.Object({ id: Type.String() });

/** A path parameter `productId`. */
export const ProductParams = Type.Object({ productId: Type.String() });
