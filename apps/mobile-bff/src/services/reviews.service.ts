import { defineService } from '@portico/backend-client';
import Type from 'typebox';

const reviews = defineService('reviews');

const Review = Type.Object({ rating: Type.Integer(), title: Type.String() });

export const readReviews = reviews.get('/products/:id/reviews', {
  reads: Type.Object({ count: Type.Integer(), average: Type.Number(), items: Type.Array(Review) }),
});
