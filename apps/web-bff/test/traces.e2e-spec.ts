import { realServer, type RealServer } from '@portico/core/testing';
import { fillBasket, startTestGateway, startTestShop, type TestGateway, type TestShop } from '@portico/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { webBff } from '../src/web-bff.js';

/** A span as the receiver of the testbed shows it. */
interface Span {
  readonly service: string;
  readonly instance: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  readonly failed: boolean;
  readonly startMs: number;
  readonly endMs: number;
  readonly attributes: Readonly<Record<string, unknown>>;
}

const parentSpanId = 'b7ad6b7169203331';
const home = [
  'web-bff GET /api/home',
  '  web-bff web.home.banners',
  '    web-bff GET /banners',
  '      catalog GET /banners',
  '  web-bff web.home.basket',
  '    web-bff GET /baskets/:id',
  '      basket GET /baskets/:customerId',
  '  web-bff web.home.picks',
  '    web-bff GET /customers/:id/picks',
  '      recommendations GET /customers/:id/picks',
  '  web-bff web.home.prices',
  '    web-bff GET /prices',
  '      pricing GET /prices',
  '  web-bff web.home.products',
  '    web-bff GET /products',
  '      catalog GET /products',
  '  web-bff web.home.profile',
  '    web-bff GET /customers/:id',
  '      customers GET /customers/:id',
];

/** The spans under one, each a line, children indented. */
function tree(spans: readonly Span[], parent: string, indent = ''): string[] {
  const children = spans.filter((span) => span.parentSpanId === parent).sort((one, other) => one.name.localeCompare(other.name) || one.startMs - other.startMs);
  return children.flatMap((span) => [`${indent}${span.service} ${span.name}`, ...tree(spans, span.spanId, `${indent}  `)]);
}

describe('the trace of a request', () => {
  let receiver: RealServer;
  let shop: TestShop;
  let bff: TestGateway;
  let traces = 0;

  beforeAll(async () => {
    receiver = await realServer('otlp').start();
    shop = await startTestShop({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.origin });
    bff = await startTestGateway(webBff, shop.origins, { traces: { exporter: 'otlp', endpoint: receiver.origin, ratio: 0.000_001 }, state: { replica: 'web-1' }, services: { customers: { maxAttempts: 2 } } });
  });
  afterAll(async () => {
    await bff?.close();
    await shop?.close();
    await receiver?.close();
  });

  /** Asks as somebody whose trace is sampled; `spans` waits for so many of its spans. */
  async function traced(path: string, user: string) {
    const traceId = `0af7651916cd43dd8448eb211c8031${(++traces).toString().padStart(2, '0')}`;
    await bff.as({ user }).get(`${path}?q=planted`).set('traceparent', `00-${traceId}-${parentSpanId}-01`);
    const spans = (count: number): Promise<readonly Span[]> =>
      vi.waitFor(async () => {
        const got = (await (await fetch(`${receiver.origin}/spans?traceId=${traceId}`)).json()) as Span[];
        expect(got.length, tree(got, parentSpanId).join('\n')).toBeGreaterThanOrEqual(count);
        return got;
      }, { timeout: 10_000, interval: 100 });
    return { spans };
  }

  it('has a span for each part of the screen, under it the call, and under that what the service did', async () => {
    const { spans } = await traced('/api/home', 'c-ann');
    expect(tree(await spans(home.length), parentSpanId)).toEqual(home);
  });

  it('shows every attempt at a call, and which of them failed', async () => {
    await shop.faults('customers', { errorRate: 1, errorStatus: 503 });
    const { spans } = await traced('/api/home', 'c-bob');
    // The banners are a kept answer by now, and the profile takes two calls.
    const all = await spans(home.length);
    await shop.faults('customers', {});
    const profile = all.find(({ name }) => name === 'web.home.profile');
    const attempts = all.filter(({ parentSpanId: parent }) => parent === profile?.spanId).sort((one, other) => one.startMs - other.startMs);
    expect(profile).toMatchObject({ failed: true, attributes: { 'portico.part.result': 'failed', 'error.type': 'SERVICE_UNAVAILABLE' } });
    expect(attempts.map(({ failed, attributes }) => [failed, attributes['http.response.status_code'], attributes['http.request.resend_count']])).toEqual([
      [true, 503, undefined],
      [true, 503, 1],
    ]);
  });

  it('has the calls of a SOAP service under the part that makes them, like any other', async () => {
    await fillBasket('c-ann')(shop);
    const { spans } = await traced('/api/checkout', 'c-ann');
    const all = await vi.waitFor(async () => {
      const got = await spans(8);
      expect(got.map(({ service }) => service)).toContain('shipping');
      return got;
    }, { timeout: 10_000, interval: 100 });
    const [part] = all.filter(({ name }) => name === 'web.checkout.quotes');
    expect(tree(all, part!.spanId)).toEqual(['web-bff POST', '  shipping POST /shipping']);
  });

  it('says whose each span is, when it was, and nothing of what was asked', async () => {
    const { spans } = await traced('/api/home', 'c-ann');
    const all = await spans(home.length - 6);
    const [server] = all.filter(({ parentSpanId: parent }) => parent === parentSpanId);
    expect(server).toMatchObject({ service: 'web-bff', instance: 'web-1', failed: false, attributes: { 'http.route': '/api/home', 'url.path': '/api/home', 'http.response.status_code': 200 } });
    for (const { service, startMs, endMs } of all) {
      // The services read a clock of whole milliseconds.
      const slackMs = service === 'web-bff' ? 0.1 : 2;
      expect(startMs).toBeGreaterThanOrEqual(server!.startMs - slackMs);
      // A service may note its end after the whole answer is out.
      if (service === 'web-bff') expect(endMs).toBeLessThanOrEqual(server!.endMs + slackMs);
    }
    expect(JSON.stringify(all)).not.toMatch(/planted|bearer|cookie/i);
  });
});
