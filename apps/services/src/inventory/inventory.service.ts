import Type from 'typebox';
import { Stock } from '../data/stock.schema.js';
import { Failure, items, page, ProductParams } from '../server/answer-schema.js';
import { EventFeed } from '../server/event-feed.js';
import { addEventStream } from '../server/event-stream.js';
import { found } from '../server/http-error.js';
import { IdsQuery, lookUp, paging, parseIds } from '../server/list-query.js';
import type { ServiceApp } from '../server/service-app.js';
import type { Shop } from '../shop.js';

const Alert = Type.Object({ productId: Type.String(), available: Type.Integer(), reorderLevel: Type.Integer() });
const StockAlert = Type.Object({ ...Alert.properties, at: Type.String() });

/** How much of what lies where, and what is running out. */
export function addInventory(app: ServiceApp, { data, orders }: Shop): void {
  let alerts: Type.Static<typeof Alert>[] | undefined;
  const alertsFor = (ids: readonly string[]): Type.Static<typeof Alert>[] =>
    lookUp(ids, data.stock)
      .filter(({ available, reorderLevel }) => available <= reorderLevel)
      .map(({ productId, available, reorderLevel }) => ({ productId, available, reorderLevel }));

  app.get('/stock', { schema: { operationId: 'listStock', querystring: IdsQuery, response: { 200: items(Stock), 400: Failure } } }, (request) => ({
    items: lookUp(parseIds(request.query.ids), data.stock),
  }));

  app.get('/stock/:productId', { schema: { operationId: 'getStock', params: ProductParams, response: { 200: Stock, 404: Failure } } }, (request) =>
    found(data.stock(request.params.productId)),
  );

  const query = Type.Object({ limit: paging(20, 200).limit });
  app.get('/alerts', { schema: { operationId: 'listAlerts', querystring: query, response: { 200: page(Alert), 400: Failure } } }, (request) => {
    alerts ??= alertsFor(data.products.map(({ id }) => id))
      .sort((one, other) => one.available - other.available || (one.productId < other.productId ? -1 : 1));
    return { total: alerts.length, items: alerts.slice(0, request.query.limit) };
  });

  const raised = new EventFeed<Type.Static<typeof StockAlert>>({ kept: 100 });
  orders.changes.listen(({ data: { status, lines, placedAt } }) => {
    if (status !== 'placed') return;
    for (const alert of alertsFor([...new Set(lines.map(({ productId }) => productId))])) raised.publish({ ...alert, at: placedAt });
  });
  addEventStream(app, '/alerts/events', {
    operationId: 'streamStockAlerts',
    description: 'One event for each product of a placed order that is at or below its reorder level. Orders take nothing from the stock; those of an ordering service in another process are not seen.',
    event: 'stock-alert',
    data: StockAlert,
    feed: raised,
  });
}
