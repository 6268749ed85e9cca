import Type from 'typebox';
import { requireCustomer } from '../access/own-customer.js';
import { Failure } from '../server/answer-schema.js';
import { conflict, found, notFound } from '../server/http-error.js';
import type { ServiceApp } from '../server/service-app.js';
import type { Shop } from '../shop.js';
import { BasketStore } from './basket-store.js';
import { AddLines, Basket, ChangeLine, maxQuantity } from './basket.schema.js';

const CustomerParams = Type.Object({ customerId: Type.String() });
const LineParams = Type.Object({ customerId: Type.String(), productId: Type.String() });

/** What customers are about to buy. Each change answers with the whole basket. */
export function addBasket(app: ServiceApp, { data, now }: Shop): void {
  const baskets = new BasketStore(now);

  app.addHook('preHandler', async (request) => {
    const { customerId } = request.params as { customerId?: string };
    if (customerId !== undefined) requireCustomer(request, customerId);
  });

  app.get('/baskets/:customerId', { schema: { operationId: 'getBasket', params: CustomerParams, response: { 200: Basket } } }, (request) =>
    baskets.get(request.params.customerId),
  );

  const add = { operationId: 'addBasketLines', params: CustomerParams, body: AddLines, response: { 200: Basket, 400: Failure, 404: Failure, 409: Failure } };
  app.post('/baskets/:customerId/lines', { schema: add }, (request) => {
    const { lines } = request.body;
    if (lines.some((line) => !data.product(line.productId))) throw notFound();
    const basket = baskets.add(request.params.customerId, lines);
    if (!basket) throw conflict(`at most ${maxQuantity} pieces of one product`);
    return basket;
  });

  const change = { operationId: 'changeBasketLine', params: LineParams, body: ChangeLine, response: { 200: Basket, 400: Failure, 404: Failure } };
  app.patch('/baskets/:customerId/lines/:productId', { schema: change }, (request) => {
    const { customerId, productId } = request.params;
    return found(baskets.change(customerId, productId, request.body.quantity));
  });

  const remove = { operationId: 'removeBasketLine', params: LineParams, response: { 200: Basket, 404: Failure } };
  app.delete('/baskets/:customerId/lines/:productId', { schema: remove }, (request) => {
    const { customerId, productId } = request.params;
    return found(baskets.remove(customerId, productId));
  });

  app.delete('/baskets/:customerId', { schema: { operationId: 'clearBasket', params: CustomerParams, response: { 200: Basket } } }, (request) =>
    baskets.clear(request.params.customerId),
  );
}
