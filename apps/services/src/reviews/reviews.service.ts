import Type from 'typebox';
import { Review, ReviewSummary } from '../data/review.schema.js';
import { Failure, IdParams, items } from '../server/answer-schema.js';
import { found } from '../server/http-error.js';
import { IdsQuery, lookUp, paging, parseIds } from '../server/list-query.js';
import type { ServiceApp } from '../server/service-app.js';
import type { Shop } from '../shop.js';
import { createReviewGraph } from './review-graph.js';

const ReviewPage = Type.Object({ productId: Type.String(), count: Type.Integer(), average: Type.Number(), items: Type.Array(Review) });

const GraphRequest = Type.Object({
  query: Type.String({ minLength: 1, maxLength: 10_000 }),
  variables: Type.Optional(Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()])),
  operationName: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  extensions: Type.Optional(Type.Unknown()),
});

/** What customers think, over REST and over GraphQL. */
export function addReviews(app: ServiceApp, { data }: Shop): void {
  const execute = createReviewGraph(data);

  const query = Type.Object(paging(10, 100));
  app.get('/products/:id/reviews', { schema: { operationId: 'listReviews', params: IdParams, querystring: query, response: { 200: ReviewPage, 400: Failure, 404: Failure } } }, (request) => {
    const { limit, offset } = request.query;
    const reviews = found(data.reviews(request.params.id));
    return { ...data.reviewSummary(request.params.id), items: reviews.slice(offset, offset + limit) };
  });

  app.get('/summaries', { schema: { operationId: 'listReviewSummaries', querystring: IdsQuery, response: { 200: items(ReviewSummary), 400: Failure } } }, (request) => ({
    items: lookUp(parseIds(request.query.ids), data.reviewSummary),
  }));

  app.post('/graphql', { schema: { operationId: 'queryReviews', body: GraphRequest, response: { 400: Failure } } }, (request) => execute(request.body));
}
