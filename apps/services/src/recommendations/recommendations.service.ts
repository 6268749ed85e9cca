import Type from 'typebox';
import { requireCustomer } from '../access/own-customer.js';
import { picksPerList } from '../data/pick.factory.js';
import { Pick } from '../data/pick.schema.js';
import { Failure, IdParams, items } from '../server/answer-schema.js';
import { found } from '../server/http-error.js';
import { paging } from '../server/list-query.js';
import type { ServiceApp } from '../server/service-app.js';
import type { Shop } from '../shop.js';

/** What somebody may like, for a customer or beside a product. */
export function addRecommendations(app: ServiceApp, { data }: Shop): void {
  const query = Type.Object({ limit: paging(12, picksPerList).limit });
  const response = { 200: items(Pick), 400: Failure, 404: Failure };

  app.get('/customers/:id/picks', { schema: { operationId: 'listPicks', params: IdParams, querystring: query, response } }, (request) => {
    requireCustomer(request, request.params.id);
    return { items: found(data.picks(request.params.id)).slice(0, request.query.limit) };
  });

  app.get('/products/:id/related', { schema: { operationId: 'listRelated', params: IdParams, querystring: query, response } }, (request) => ({
    items: found(data.related(request.params.id)).slice(0, request.query.limit),
  }));
}
