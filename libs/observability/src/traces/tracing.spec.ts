import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor, type ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { Deadline, PorticoError, type RequestFacts } from '@portico/core';
import { ManualClock, testContext } from '@portico/core/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { attemptOutcome, partOutcome, productEndpoint, requestOutcome, settings } from '../../test/capture.js';
import { PorticoTelemetry, type TracesConfig } from '../index.js';

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const epochMs = Date.UTC(2026, 0, 1);

async function tracing(traces: Partial<TracesConfig> = { ratio: 1 }) {
  const exporter = new InMemorySpanExporter();
  const clock = new ManualClock(epochMs);
  const spanProcessors = [new SimpleSpanProcessor(exporter)];
  const telemetry = await PorticoTelemetry.start({ ...settings({ log: { level: 'silent' }, metrics: { enabled: false }, traces }), clock, spanProcessors });
  const open = (facts: Partial<RequestFacts> & { traceparent?: string; tracestate?: string } = {}) =>
    testContext({ endpoint: productEndpoint, url: '/api/products/17?q=planted', clock, trace: telemetry.openTrace(facts.traceparent, facts.tracestate), ...facts });
  return { telemetry, clock, open, exporter, spans: () => exporter.getFinishedSpans() };
}

const byKind = (spans: readonly ReadableSpan[], kind: SpanKind) => spans.find((span) => span.kind === kind);
const server = (spans: readonly ReadableSpan[]) => byKind(spans, SpanKind.SERVER);
const ms = ([seconds, nanos]: [number, number]) => seconds * 1_000 + nanos / 1e6 - epochMs;

afterEach(() => vi.restoreAllMocks());

describe('spans of a sampled request', () => {
  it('are one server span with the ids of the trace context, and a child per part and attempt', async () => {
    const { telemetry, open, spans } = await tracing();
    const context = open();
    telemetry.requestStarted(context);
    telemetry.attemptFinished(context, attemptOutcome());
    telemetry.partFinished(context, partOutcome());
    telemetry.requestFinished(context, requestOutcome());
    const server = byKind(spans(), SpanKind.SERVER);
    expect(server?.name).toBe('GET /api/products/:id');
    expect(server?.spanContext()).toMatchObject({ traceId: context.trace.traceId, spanId: context.trace.spanId });
    expect(server?.parentSpanContext).toBeUndefined();
    expect(server?.resource.attributes['service.name']).toBe('web-bff');
    const children = spans().filter((span) => span !== server);
    expect(children.map((span) => [span.name, span.kind])).toEqual([['catalog', SpanKind.CLIENT], ['product.reviews', SpanKind.INTERNAL]]);
    for (const child of children) {
      expect(child.spanContext().traceId).toBe(context.trace.traceId);
      expect(child.parentSpanContext?.spanId).toBe(context.trace.spanId);
    }
    expect(new Set(spans().map((span) => span.spanContext().spanId)).size).toBe(3);
  });

  it('have the ids that were told before they began, an attempt under its part', async () => {
    const { telemetry, open, spans } = await tracing();
    const context = open();
    telemetry.requestStarted(context);
    const part = telemetry.openSpan(context, undefined);
    const attempt = telemetry.openSpan(context, part);
    telemetry.attemptFinished(context, attemptOutcome({ span: attempt, method: 'GET', template: '/products/:id' }));
    telemetry.partFinished(context, partOutcome({ span: part }));
    telemetry.requestFinished(context, requestOutcome());
    expect(attempt?.traceparent).toBe(`00-${context.trace.traceId}-${attempt?.spanId}-01`);
    expect(spans().map((span) => [span.name, span.spanContext().traceId, span.spanContext().spanId, span.parentSpanContext?.spanId])).toEqual([
      ['GET /products/:id', context.trace.traceId, attempt?.spanId, part?.spanId],
      ['product.reviews', context.trace.traceId, part?.spanId, context.trace.spanId],
      ['GET /api/products/:id', context.trace.traceId, context.trace.spanId, undefined],
    ]);
    expect(spans()[0]?.attributes).toMatchObject({ 'http.request.method': 'GET', 'url.template': '/products/:id', 'portico.service': 'catalog' });
    expect(server(spans())?.resource.attributes['service.instance.id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('hang under the parent that the client named, with its state', async () => {
    const { telemetry, open, spans } = await tracing({ ratio: 0.000_001 });
    const context = open({ traceparent, tracestate: 'vendor=1' });
    telemetry.requestStarted(context);
    telemetry.requestFinished(context, requestOutcome());
    const server = byKind(spans(), SpanKind.SERVER);
    expect(server?.spanContext().traceId).toBe('0af7651916cd43dd8448eb211c80319c');
    expect(server?.spanContext().spanId).toBe(context.trace.spanId);
    expect(server?.parentSpanContext).toMatchObject({ spanId: 'b7ad6b7169203331', isRemote: true });
    expect(server?.spanContext().traceState?.serialize()).toBe('vendor=1');
  });

  it('carry the attributes of the semantic conventions and no query', async () => {
    const { telemetry, open, spans } = await tracing();
    const context = open();
    telemetry.requestStarted(context);
    telemetry.attemptFinished(context, attemptOutcome({ attempt: 2, status: 503 }));
    telemetry.attemptFinished(context, attemptOutcome({ instance: 'catalog.internal:8443', status: 0, error: Object.assign(new Error('planted'), { code: 'ECONNRESET' }) }));
    telemetry.requestFinished(context, requestOutcome({ status: 504, code: 'SERVICE_TIMEOUT', error: new PorticoError('SERVICE_TIMEOUT') }));
    const [retried, reset, server] = spans();
    expect(server?.attributes).toEqual({
      'http.request.method': 'GET',
      'http.route': '/api/products/:id',
      'url.path': '/api/products/17',
      'portico.correlation_id': 'test-0001',
      'http.response.status_code': 504,
      'error.type': 'SERVICE_TIMEOUT',
    });
    expect(server?.status.code).toBe(SpanStatusCode.ERROR);
    expect(retried?.attributes).toEqual({
      'portico.service': 'catalog',
      'server.address': '10.0.0.7',
      'server.port': 4_000,
      'http.response.status_code': 503,
      'http.request.resend_count': 1,
      'error.type': '503',
    });
    expect(reset?.attributes).toMatchObject({ 'server.address': 'catalog.internal', 'server.port': 8_443, 'error.type': 'ECONNRESET' });
    expect(JSON.stringify(spans().map((span) => [span.name, span.attributes, span.events, span.status]))).not.toContain('planted');
  });

  it('are named by the method alone where nothing is bound, and never by an invented one', async () => {
    const { telemetry, open, spans } = await tracing();
    for (const method of ['GET', 'PLANTED']) {
      const context = open({ method, endpoint: { ...productEndpoint, kind: 'none', method: '', path: '' } });
      telemetry.requestStarted(context);
      telemetry.requestFinished(context, requestOutcome({ status: 404, code: 'ROUTE_NOT_FOUND' }));
    }
    expect(spans().map((span) => [span.name, span.status.code, span.attributes['error.type']])).toEqual([
      ['GET', SpanStatusCode.UNSET, undefined],
      ['HTTP', SpanStatusCode.UNSET, undefined],
    ]);
  });

  it('lie where they happened in time', async () => {
    const { telemetry, clock, open, spans } = await tracing();
    await clock.advance(1_000);
    const context = open({ deadline: new Deadline(clock, 995, 2_000) });
    telemetry.requestStarted(context);
    await clock.advance(30);
    telemetry.attemptFinished(context, attemptOutcome({ durationMs: 20 }));
    telemetry.partFinished(context, partOutcome({ startedAt: 1_005, durationMs: 25 }));
    await clock.advance(10);
    telemetry.requestFinished(context, requestOutcome({ durationMs: 45 }));
    expect(spans().map((span) => [span.name, ms(span.startTime), ms(span.endTime)])).toEqual([
      ['catalog', 1_010, 1_030],
      ['product.reviews', 1_005, 1_030],
      ['GET /api/products/:id', 995, 1_040],
    ]);
  });
});

describe('a request that is not sampled', () => {
  it('makes no object of OpenTelemetry', async () => {
    const { telemetry, open, spans } = await tracing({ ratio: 0.5 });
    const startSpan = vi.spyOn(Object.getPrototypeOf(new BasicTracerProvider().getTracer('x')) as { startSpan: () => void }, 'startSpan');
    const context = open({ traceparent: traceparent.replace(/01$/, '00') });
    telemetry.requestStarted(context);
    expect([telemetry.openSpan(context, undefined), telemetry.openSpan(undefined, undefined)]).toEqual([undefined, undefined]);
    telemetry.attemptFinished(context, attemptOutcome());
    telemetry.attemptFinished(undefined, attemptOutcome());
    telemetry.partFinished(context, partOutcome());
    telemetry.requestFinished(context, requestOutcome());
    expect(startSpan).not.toHaveBeenCalled();
    expect(context.span).toBeUndefined();
    expect(spans()).toEqual([]);
    const sampled = open({ traceparent });
    telemetry.requestStarted(sampled);
    expect(startSpan).toHaveBeenCalledTimes(1);
  });

  it('is every one at ratio 0, even one that the client sampled; its flag is still passed on', async () => {
    const { telemetry, open, spans } = await tracing({ ratio: 0 });
    const context = open({ traceparent });
    expect(context.trace.sampled).toBe(true);
    telemetry.requestStarted(context);
    telemetry.requestFinished(context, requestOutcome());
    expect(spans()).toEqual([]);
    expect(telemetry.openTrace(undefined, undefined).sampled).toBe(false);
  });
});

describe('PorticoTelemetry without anywhere to send spans', () => {
  it('announces no trace as sampled, whatever the ratio', async () => {
    const telemetry = await PorticoTelemetry.start(settings({ log: { level: 'silent' }, metrics: { enabled: false }, traces: { ratio: 1 } }));
    expect(telemetry.openTrace(undefined, undefined).sampled).toBe(false);
  });
});

describe('closing', () => {
  it('hands every span to its exporter and stops it', async () => {
    const { telemetry, open, exporter } = await tracing();
    const shutdown = vi.spyOn(exporter, 'shutdown');
    const context = open();
    telemetry.requestStarted(context);
    telemetry.requestFinished(context, requestOutcome());
    await telemetry.close();
    expect(shutdown).toHaveBeenCalledOnce();
  });
});
