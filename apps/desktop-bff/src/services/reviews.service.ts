import { defineService } from '@portico/backend-client';
import Type, { type Static } from 'typebox';

const reviews = defineService('reviews');

const Review = Type.Object({ id: Type.String(), author: Type.String(), rating: Type.Integer(), title: Type.String(), text: Type.String(), at: Type.String(), helpful: Type.Integer() });
const Summary = Type.Object({ productId: Type.String(), count: Type.Integer(), average: Type.Number() });

/** How a product was rated. */
export type ReviewSummary = Static<typeof Summary>;

export const readReviews = reviews.get('/products/:id/reviews', {
  reads: Type.Object({ count: Type.Integer(), average: Type.Number(), items: Type.Array(Review) }),
});
export const readSummaries = reviews.get('/summaries', { reads: Type.Object({ items: Type.Array(Summary) }) });
