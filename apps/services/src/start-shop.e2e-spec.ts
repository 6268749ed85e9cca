import { createServer, type AddressInfo } from 'node:net';
import request from 'supertest';
import Type, { type TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../test/until.js';
import { listFaults } from './server/schema-check.js';
import { serviceNames, type ServiceName } from './service-catalogue.js';
import { startShop, type RunningShop } from './start-shop.js';

let shop: RunningShop;
beforeAll(async () => {
  shop = await startShop();
});
afterAll(() => shop.close());

/** An answer of each operation that only reads, by the path of its contract. */
const examples: readonly (readonly [ServiceName, string, string])[] = [
  ['catalog', '/products', '/products?limit=200&q=lamp'],
  ['catalog', '/products/{id}', '/products/p-0042'],
  ['catalog', '/categories', '/categories'],
  ['catalog', '/banners', '/banners'],
  ['pricing', '/prices', '/prices?ids=p-0001,p-0002'],
  ['pricing', '/prices/{productId}', '/prices/p-0001'],
  ['pricing', '/prices/{productId}/history', '/prices/p-0001/history'],
  ['inventory', '/stock', '/stock?ids=p-0001,p-0002'],
  ['inventory', '/stock/{productId}', '/stock/p-0001'],
  ['inventory', '/alerts', '/alerts'],
  ['reviews', '/products/{id}/reviews', '/products/p-0001/reviews'],
  ['reviews', '/summaries', '/summaries?ids=p-0001'],
  ['recommendations', '/customers/{id}/picks', '/customers/c-ann/picks'],
  ['recommendations', '/products/{id}/related', '/products/p-0001/related'],
  ['basket', '/baskets/{customerId}', '/baskets/c-ann'],
  ['ordering', '/orders', '/orders?limit=200'],
  ['ordering', '/orders/{id}', '/orders/o-00001'],
  ['ordering', '/orders/summary', '/orders/summary'],
  ['customers', '/customers/{id}', '/customers/c-ann'],
];

describe('every service', () => {
  it.each(serviceNames)('%s is healthy, publishes its contract and has a fault switch', async (name) => {
    await request(shop.urls[name]).get('/health').expect(200, { status: 'ok' });
    const { body } = await request(shop.urls[name]).get('/openapi.json').expect(200);
    expect(body).toMatchObject({ openapi: '3.1.0', info: { title: name } });
    expect((await request(shop.urls[name]).get('/__faults').expect(200)).body.answer).toBe('normal');
  });

  it.each(examples)('%s answers %s as its contract says', async (name, path, url) => {
    const { body: contract } = await request(shop.urls[name]).get('/openapi.json');
    const schema = contract.paths[path].get.responses['200'].content['application/json'].schema as TSchema;
    const { body } = await request(shop.urls[name]).get(url).expect(200);
    expect(listFaults(Compile(schema), body)).toEqual([]);
    expect(listFaults(Compile(Type.Array(schema)), body)).not.toEqual([]);
  });

  it('answers 400 to a body that is no JSON', async () => {
    expect((await request(shop.urls.basket).post('/baskets/c-1/lines').set('content-type', 'application/json').send('{').expect(400)).body.error).toBe('bad request');
  });
});

describe('the journal', () => {
  it('keeps method, URL and headers of the last 50 requests, and no control request', async () => {
    await request(shop.urls.inventory).delete('/__requests').expect(204);
    for (let count = 0; count < 52; count += 1) await request(shop.urls.inventory).get(`/stock/p-0001?n=${count}`).set({ 'x-correlation-id': `c${count}`, 'portico-timeout-ms': '250' });
    const { body } = await request(shop.urls.inventory).get('/__requests').expect(200);
    expect(body.items).toHaveLength(50);
    expect(body.items[0].url).toBe('/stock/p-0001?n=2');
    expect(body.items[49]).toMatchObject({ method: 'GET', url: '/stock/p-0001?n=51', aborted: false, headers: { 'x-correlation-id': 'c51', 'portico-timeout-ms': '250' } });
    expect(shop.requests('inventory')).toEqual(body.items);
  });
});

describe('starting the shop', () => {
  it('starts only what is asked for and answers the same bytes for the same seed', async () => {
    const ask = async (seed: number) => {
      const other = await startShop({ only: ['catalog'], seed });
      expect(Object.keys(other.urls)).toEqual(['catalog']);
      expect(() => other.faults('basket', {})).toThrow('the service basket was not started');
      const text = await (await fetch(`${other.urls.catalog}/products?limit=200`)).text();
      await other.close();
      return text;
    };
    const here = await (await fetch(`${shop.urls.catalog}/products?limit=200`)).text();
    expect(await ask(42)).toBe(here);
    expect(await ask(43)).not.toBe(here);
  });

  it('names service and port when the port is taken, and leaves nothing open', async () => {
    const occupant = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => occupant.once('listening', resolve));
    const { port } = occupant.address() as AddressInfo;
    const probe = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => probe.once('listening', resolve));
    const free = (probe.address() as AddressInfo).port;
    await new Promise((resolve) => probe.close(resolve));

    await expect(startShop({ only: ['catalog', 'pricing'], ports: { catalog: free, pricing: port } })).rejects.toThrow(`pricing: port ${port} on 127.0.0.1 is taken`);
    await expect(fetch(`http://127.0.0.1:${free}/health`)).rejects.toThrow();
    occupant.close();
  });

  it('closes at once although a client still waits', async () => {
    const other = await startShop({ only: ['pricing'] });
    other.faults('pricing', { latencyMs: 600_000 });
    const answer = fetch(`${other.urls.pricing}/prices/p-0001`).catch(() => 'cut off');
    await until(() => other.requests('pricing').length === 1);
    await other.close();
    expect(await answer).toBe('cut off');
  });

  it('answers 500 without detail to what nobody foresaw, and reports it', async () => {
    const reported: unknown[] = [];
    const other = await startShop({
      only: ['basket'],
      now: () => {
        throw new Error('the clock has stopped');
      },
      report: (service, error) => reported.push([service, (error as Error).message]),
    });
    await request(other.urls.basket).post('/baskets/c-1/lines').send({ lines: [{ productId: 'p-0001', quantity: 1 }] }).expect(500, { error: 'internal error' });
    expect(reported).toEqual([['basket', 'the clock has stopped']]);
    await other.close();
  });
});
