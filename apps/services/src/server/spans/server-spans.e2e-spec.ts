import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterEach, expect, it } from 'vitest';
import { startShop, type RunningShop } from '../../start-shop.js';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const parentSpanId = 'b7ad6b7169203331';
const traceparent = `00-${traceId}-${parentSpanId}-01`;

interface Sent {
  readonly resourceSpans: { readonly resource: unknown; readonly scopeSpans: { readonly spans: Record<string, unknown>[] }[] }[];
}

let shop: RunningShop | undefined;
let receiver: Server | undefined;
afterEach(async () => {
  await shop?.close();
  receiver?.close();
});

/** Starts a catalog; closing it sends what it still has, and shows what it sent. */
async function catalog(): Promise<{ url: string; spansAtEnd: () => Promise<Sent['resourceSpans']> }> {
  const sent: Promise<Sent>[] = [];
  receiver = createServer((request: IncomingMessage, response) => {
    sent.push(json(request) as Promise<Sent>);
    response.end('{}');
  });
  await new Promise<void>((resolve) => receiver?.listen(0, '127.0.0.1', resolve));
  const started = (shop = await startShop({ only: ['catalog'], otlpEndpoint: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/` }));
  return { url: started.urls.catalog, spansAtEnd: async () => (await started.close(), (await Promise.all(sent)).flatMap(({ resourceSpans }) => resourceSpans)) };
}

it('a service records what came sampled, under the span of who asked', async () => {
  const { url, spansAtEnd } = await catalog();
  await (await fetch(`${url}/products/p-0001?q=planted`, { headers: { traceparent } })).arrayBuffer();
  const [batch] = await spansAtEnd();
  expect(batch?.resource).toEqual({ attributes: [{ key: 'service.name', value: { stringValue: 'catalog' } }] });
  expect(batch?.scopeSpans[0]?.spans).toMatchObject([{ traceId, parentSpanId, name: 'GET /products/:id', kind: 2, status: {} }]);
  expect(JSON.stringify(batch)).not.toContain('planted');
});

it('a service says which of its spans failed, those among them that no route saw', async () => {
  const { url, spansAtEnd } = await catalog();
  shop?.faults('catalog', { errorRate: 1, errorStatus: 503 });
  await (await fetch(`${url}/products/p-0001`, { headers: { traceparent } })).arrayBuffer();
  const [batch] = await spansAtEnd();
  expect(batch?.scopeSpans[0]?.spans).toMatchObject([{ name: 'GET', status: { code: 2 }, attributes: expect.arrayContaining([{ key: 'http.response.status_code', value: { intValue: 503 } }]) }]);
});

it.each([undefined, traceparent.replace(/01$/, '00'), 'nonsense'])('a service records nothing for the traceparent %s', async (header) => {
  const { url, spansAtEnd } = await catalog();
  await (await fetch(`${url}/products/p-0001`, header === undefined ? {} : { headers: { traceparent: header } })).arrayBuffer();
  expect(await spansAtEnd()).toEqual([]);
});
