import Type from 'typebox';
import { Stock } from '../data/stock.schema.js';
import { Failure, items, page, ProductParams } from '../server/answer-schema.js';
import { found } from '../server/http-error.js';
import { IdsQuery, lookUp, paging, parseIds } from '../server/list-query.js';
import type { ServiceApp } from '../server/service-app.js';
import type { Shop } from '../shop.js';

const Alert = Type.Object({ productId: Type.String(), available: Type.Integer(), reorderLevel: Type.Integer() });

/** How much of what lies where, and what is running out. */
export function addInventory(app: ServiceApp, { data }: Shop): void {
  let alerts: Type.Static<typeof Alert>[] | undefined;

  app.get('/stock', { schema: { operationId: 'listStock', querystring: IdsQuery, response: { 200: items(Stock), 400: Failure } } }, (request) => ({
    items: lookUp(parseIds(request.query.ids), data.stock),
  }));

  app.get('/stock/:productId', { schema: { operationId: 'getStock', params: ProductParams, response: { 200: Stock, 404: Failure } } }, (request) =>
    found(data.stock(request.params.productId)),
  );

  const query = Type.Object({ limit: paging(20, 200).limit });
  app.get('/alerts', { schema: { operationId: 'listAlerts', querystring: query, response: { 200: page(Alert), 400: Failure } } }, (request) => {
    alerts ??= lookUp(data.products.map(({ id }) => id), data.stock)
      .filter(({ available, reorderLevel }) => available <= reorderLevel)
      .map(({ productId, available, reorderLevel }) => ({ productId, available, reorderLevel }))
      .sort((one, other) => one.available - other.available || (one.productId < other.productId ? -1 : 1));
    return { total: alerts.length, items: alerts.slice(0, request.query.limit) };
  });
}
