import Type, { type Static } from 'typebox';

/** What a customer wrote; `authorEmail` is internal. */
export const Review = Type.Object({
  id: Type.String(),
  author: Type.String(),
  authorEmail: Type.String({ description: 'Internal.' }),
  rating: Type.Integer({ minimum: 1, maximum: 5 }),
  title: Type.String(),
  text: Type.String(),
  at: Type.String(),
  helpful: Type.Integer(),
});

/** What a customer wrote. */
export type Review = Static<typeof Review>;

/** How a product was rated; the average has one decimal and is 0 without reviews. */
export const ReviewSummary = Type.Object({ productId: Type.String(), count: Type.Integer(), average: Type.Number() });

/** How a product was rated. */
export type ReviewSummary = Static<typeof ReviewSummary>;
