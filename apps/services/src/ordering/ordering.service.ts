import type { FastifyRequest } from 'fastify';
import { mayDealWith, requireCustomer } from '../access/own-customer.js';
import { Order } from '../data/order.schema.js';
import { Failure, IdParams, page } from '../server/answer-schema.js';
import { EventFeed } from '../server/event-feed.js';
import { addEventStream } from '../server/event-stream.js';
import { conflict, found } from '../server/http-error.js';
import type { ServiceApp } from '../server/service-app.js';
import type { Shop } from '../shop.js';
import type { Refusal } from './order-book.js';
import { summarizeOrders } from './order-summary.js';
import { ActionResults, OrderActions, OrderHeaders, OrderProgress, OrderQuery, OrderSummary, PlaceOrder } from './ordering.schema.js';
import { placeOrder } from './place-order.js';

/** Orders from being placed to being delivered. */
export function addOrdering(app: ServiceApp, shop: Shop): void {
  const { orders } = shop;
  const placedByKey = new Map<string, string>();
  // To a customer the orders of others do not exist.
  const visible = (request: FastifyRequest, id: string): Order | undefined => {
    const order = orders.find(id);
    return order && mayDealWith(request, order.customerId) ? order : undefined;
  };

  const place = { operationId: 'placeOrder', headers: OrderHeaders, body: PlaceOrder, response: { 200: Order, 201: Order, 400: Failure, 404: Failure } };
  app.post('/orders', { schema: place }, (request, reply) => {
    requireCustomer(request as FastifyRequest, request.body.customerId);
    const key = request.headers['idempotency-key'];
    const scoped = key === undefined ? undefined : JSON.stringify([request.body.customerId, key]);
    const earlier = scoped === undefined ? undefined : orders.find(placedByKey.get(scoped) ?? '');
    if (earlier) return reply.code(200).send(earlier);
    const order = placeOrder(shop, request.body);
    if (scoped !== undefined) placedByKey.set(scoped, order.id);
    return reply.code(201).send(order);
  });

  app.get('/orders', { schema: { operationId: 'listOrders', querystring: OrderQuery, response: { 200: page(Order), 400: Failure } } }, (request) => {
    requireCustomer(request as FastifyRequest, request.query.customerId);
    const { customerId, status, archived, limit, offset } = request.query;
    const all = orders
      .list()
      .filter((order) => order.archived === archived && (customerId === undefined || order.customerId === customerId) && (status === undefined || order.status === status));
    return { total: all.length, items: all.slice(offset, offset + limit) };
  });

  app.get('/orders/summary', { schema: { operationId: 'getOrderSummary', response: { 200: OrderSummary } } }, (request) => {
    requireCustomer(request, undefined);
    return summarizeOrders(orders.list());
  });

  const progress = new EventFeed<OrderProgress>({ kept: 100 });
  orders.changes.listen(({ data: { id: orderId, customerId, status, placedAt, timeline, trackingNumber } }) =>
    progress.publish({ orderId, customerId, status, at: timeline.at(-1)?.at ?? placedAt, trackingNumber }),
  );
  addEventStream(app, '/orders/events', {
    operationId: 'streamOrderEvents',
    description: 'One event each time an order is placed or comes to another station.',
    event: 'order-progress',
    data: OrderProgress,
    feed: progress,
  });

  app.get('/orders/:id', { schema: { operationId: 'getOrder', params: IdParams, response: { 200: Order, 404: Failure } } }, (request) =>
    found(visible(request as FastifyRequest, request.params.id)),
  );

  const change = { params: IdParams, response: { 200: Order, 404: Failure, 409: Failure } };
  app.post('/orders/:id/cancel', { schema: { operationId: 'cancelOrder', ...change } }, (request) => 
    changed(orders.cancel(found(visible(request as FastifyRequest, request.params.id)))),
  );
  app.post('/orders/:id/advance', { schema: { operationId: 'advanceOrder', description: 'Moves the order to its next station, for demonstrations and tests.', ...change } }, (request) =>
    changed(orders.advance(found(visible(request as FastifyRequest, request.params.id)))),
  );

  app.post('/orders/actions', { schema: { operationId: 'changeOrders', body: OrderActions, response: { 200: ActionResults, 400: Failure } } }, (request) => ({
    results: request.body.ids.map((id) => {
      const order = visible(request as FastifyRequest, id);
      const outcome = order ? orders[request.body.action](order) : 'not found';
      return typeof outcome === 'string' ? { id, ok: false, reason: outcome } : { id, ok: true };
    }),
  }));
}

function changed(outcome: Order | Refusal): Order {
  if (typeof outcome === 'string') throw conflict(outcome);
  return outcome;
}
