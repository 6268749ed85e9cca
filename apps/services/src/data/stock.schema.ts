import Type, { type Static } from 'typebox';

/** How much of a product lies where. */
export const Stock = Type.Object({
  productId: Type.String(),
  available: Type.Integer({ description: 'Sum over all warehouses.' }),
  warehouses: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), quantity: Type.Integer() })),
  reorderLevel: Type.Integer({ description: 'At or below it, an alert is raised.' }),
});

/** How much of a product lies where. */
export type Stock = Static<typeof Stock>;
