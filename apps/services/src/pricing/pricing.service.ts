import Type from 'typebox';
import { Price, PricePoint } from '../data/price.schema.js';
import { Failure, items, ProductParams } from '../server/answer-schema.js';
import { addEventStream } from '../server/event-stream.js';
import { found } from '../server/http-error.js';
import { IdsQuery, lookUp, parseIds } from '../server/list-query.js';
import type { ServiceApp } from '../server/service-app.js';
import type { Shop } from '../shop.js';
import { PriceTick } from './price-tick.schema.js';
import { priceTicks } from './price-ticks.js';

const PriceHistory = Type.Object({ productId: Type.String(), points: Type.Array(PricePoint, { description: 'Oldest first; the last one is the price of today.' }) });

/** What things cost, now and before. */
export function addPricing(app: ServiceApp, { data, now, priceTicksPerSecond }: Shop): void {
  app.get('/prices', { schema: { operationId: 'listPrices', querystring: IdsQuery, response: { 200: items(Price), 400: Failure } } }, (request) => ({
    items: lookUp(parseIds(request.query.ids), data.price),
  }));

  app.get('/prices/:productId', { schema: { operationId: 'getPrice', params: ProductParams, response: { 200: Price, 404: Failure } } }, (request) =>
    found(data.price(request.params.productId)),
  );

  app.get('/prices/:productId/history', { schema: { operationId: 'getPriceHistory', params: ProductParams, response: { 200: PriceHistory, 404: Failure } } }, (request) => ({
    productId: request.params.productId,
    points: found(data.priceHistory(request.params.productId)),
  }));

  addEventStream(app, '/prices/ticks', {
    operationId: 'streamPriceTicks',
    description: 'Prices that move up and down, for show: what the other operations answer, and what an order costs, stays as it is.',
    event: 'price-tick',
    data: PriceTick,
    feed: priceTicks(data, now, priceTicksPerSecond),
  });
}
