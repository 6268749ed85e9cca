import { PorticoError } from '@portico/core';
import { ManualClock, testContext } from '@portico/core/testing';
import { describe, expect, it } from 'vitest';
import { capturedLog, partOutcome, productEndpoint, requestOutcome, settings } from '../../test/capture.js';
import { PorticoTelemetry, type LogConfig } from '../index.js';

async function logging(log: Partial<LogConfig> = {}) {
  const captured = capturedLog();
  const telemetry = await PorticoTelemetry.start({ ...settings({ log }), clock: new ManualClock(), logDestination: captured.destination });
  return { telemetry, ...captured };
}

describe('access log', () => {
  it('writes one line per request with exactly the fields it names', async () => {
    const { telemetry, lines } = await logging();
    const context = testContext({ endpoint: productEndpoint, url: '/api/products/17?fields=all' });
    context.caller = { kind: 'user', id: 'user-4711', clientId: 'web', scopes: new Set(), claims: {}, key: 'k' };
    context.degrade('reviews', 'SERVICE_TIMEOUT');
    telemetry.requestFinished(context, requestOutcome());
    expect(lines).toEqual([
      {
        level: 'info',
        time: '2026-01-01T00:00:00.000Z',
        name: 'web-bff',
        msg: 'request',
        id: 'test-0001',
        method: 'GET',
        route: '/api/products/:id',
        path: '/api/products/17',
        status: 200,
        durationMs: 12.3,
        bytes: 2_048,
        caller: 'user',
        clientId: 'web',
        traceId: '0af7651916cd43dd8448eb211c80319c',
        degraded: [{ part: 'reviews', reason: 'SERVICE_TIMEOUT' }],
      },
    ]);
  });

  it('warns of failures, with the error and its causes, and of clients that left', async () => {
    const { telemetry, lines } = await logging();
    const error = new PorticoError('SERVICE_UNAVAILABLE', { cause: new Error('catalog is gone') });
    telemetry.requestFinished(testContext(), requestOutcome({ status: 503, code: 'SERVICE_UNAVAILABLE', error }));
    telemetry.requestFinished(testContext(), requestOutcome({ status: 499, code: 'CLIENT_CLOSED', aborted: true }));
    telemetry.requestFinished(testContext(), requestOutcome({ status: 404, code: 'ROUTE_NOT_FOUND', error }));
    expect(lines.map((line) => [line.level, line.status, line.code, line.aborted])).toEqual([
      ['warn', 503, 'SERVICE_UNAVAILABLE', undefined],
      ['warn', 499, 'CLIENT_CLOSED', true],
      ['info', 404, 'ROUTE_NOT_FOUND', undefined],
    ]);
    expect(lines[0]?.error).toMatchObject({ type: 'PorticoError', causes: [{ message: 'catalog is gone' }] });
    expect(lines[2]?.error).toBeUndefined();
    expect(lines[2]?.route).toBeUndefined();
  });

  it('never shows a header, a query, a user id, a claim or what hangs on an error', async () => {
    const { telemetry, lines, text } = await logging({ level: 'trace' });
    const context = testContext({
      endpoint: productEndpoint,
      url: 'http://planted:planted@shop.example/api/products/17?access_token=planted#planted',
      headers: { authorization: 'Bearer planted', cookie: 'sid=planted', 'x-api-key': 'planted' },
    });
    context.caller = { kind: 'user', id: 'planted', clientId: 'web', scopes: new Set(['planted']), claims: { email: 'planted' }, key: 'planted' };
    context.setAnswerHeader('set-cookie', 'planted');
    const cause = Object.assign(new Error('request failed'), { request: { headers: { authorization: 'Bearer planted' } } });
    const error = new PorticoError('INTERNAL', { cause, headers: { 'x-internal': 'planted' }, faults: [{ path: 'planted', message: 'planted' }] });
    telemetry.requestStarted(context);
    telemetry.partFinished(context, partOutcome({ result: 'failed', error }));
    telemetry.requestFinished(context, requestOutcome({ status: 500, code: 'INTERNAL', error }));
    expect(lines).toHaveLength(2);
    expect(text()).toContain('request failed');
    expect(text()).not.toContain('planted');
  });

  it('keeps a client from writing lines of its own', async () => {
    const { telemetry, lines } = await logging();
    telemetry.requestFinished(testContext({ url: '/a","level":"fatal"\n{"forged":true}' }), requestOutcome());
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ level: 'info', path: '/a","level":"fatal"\n{"forged":true}' });
  });

  it('is silent when switched off, or above the level', async () => {
    const off = await logging({ requests: false });
    off.telemetry.requestFinished(testContext(), requestOutcome({ status: 500 }));
    const warnings = await logging({ level: 'warn' });
    warnings.telemetry.requestFinished(testContext(), requestOutcome());
    warnings.telemetry.requestFinished(testContext(), requestOutcome({ status: 500 }));
    expect([off.lines.length, warnings.lines.length]).toEqual([0, 1]);
  });
});

describe('service log', () => {
  it('tells changes of a service and leaves the rest to metrics', async () => {
    const { telemetry, lines } = await logging();
    const events = ['breaker-opened', 'retried', 'breaker-closed', 'cache-hit', 'instance-ejected', 'instance-unhealthy', 'instance-healthy'] as const;
    for (const event of events) telemetry.serviceEvent('catalog', event);
    expect(lines.map((line) => [line.level, line.service, line.event])).toEqual([
      ['warn', 'catalog', 'breaker-opened'],
      ['info', 'catalog', 'breaker-closed'],
      ['warn', 'catalog', 'instance-ejected'],
      ['warn', 'catalog', 'instance-unhealthy'],
      ['info', 'catalog', 'instance-healthy'],
    ]);
  });

  it('tells why a part failed only at debug', async () => {
    const outcome = partOutcome({ result: 'failed', error: new Error('mapping broke') });
    const debug = await logging({ level: 'debug' });
    const info = await logging();
    debug.telemetry.partFinished(testContext(), outcome);
    debug.telemetry.partFinished(testContext(), partOutcome());
    info.telemetry.partFinished(testContext(), outcome);
    expect(debug.lines).toMatchObject([{ id: 'test-0001', aggregate: 'product', part: 'reviews', error: { message: 'mapping broke' } }]);
    expect(info.lines).toEqual([]);
  });
});
