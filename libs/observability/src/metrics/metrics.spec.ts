import { noEndpoint } from '@portico/core';
import { testContext } from '@portico/core/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { attemptOutcome, partOutcome, productEndpoint, requestOutcome, settings } from '../../test/capture.js';
import { PorticoTelemetry } from '../index.js';

const started: PorticoTelemetry[] = [];

async function metering(enabled = true): Promise<PorticoTelemetry> {
  const telemetry = await PorticoTelemetry.start(settings({ log: { level: 'silent' }, metrics: { enabled } }));
  started.push(telemetry);
  return telemetry;
}

afterEach(async () => {
  await Promise.all(started.splice(0).map((telemetry) => telemetry.close()));
});

const sampleLine = /^([a-z_]+)(\{.*\})? (\S+)$/;

/** Samples by name and labels; fails for a line that is none, or that stands twice. */
async function scrape(telemetry: PorticoTelemetry): Promise<Map<string, number>> {
  const samples = new Map<string, number>();
  for (const line of (await telemetry.renderMetrics()).split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const [, name, labels = '', value] = sampleLine.exec(line) ?? [];
    expect(name, line).toBeDefined();
    expect(samples.has(name + labels), `twice: ${line}`).toBe(false);
    samples.set(name + labels, Number(value));
  }
  return samples;
}

describe('metrics', () => {
  it('count requests by method, route template and status class', async () => {
    const telemetry = await metering();
    const read = testContext({ endpoint: productEndpoint, url: '/api/products/17' });
    telemetry.requestFinished(read, requestOutcome());
    telemetry.requestFinished(testContext({ endpoint: { ...productEndpoint } }), requestOutcome({ status: 204 }));
    telemetry.requestFinished(read, requestOutcome({ status: 503 }));
    telemetry.requestFinished(testContext({ endpoint: noEndpoint, method: 'PLANTED', url: '/planted' }), requestOutcome({ status: 404 }));
    const samples = await scrape(telemetry);
    expect(samples.get('portico_http_requests_total{method="GET",route="/api/products/:id",status_class="2xx"}')).toBe(2);
    expect(samples.get('portico_http_requests_total{method="GET",route="/api/products/:id",status_class="5xx"}')).toBe(1);
    expect(samples.get('portico_http_requests_total{method="any",route="none",status_class="4xx"}')).toBe(1);
    expect(await telemetry.renderMetrics()).not.toMatch(/PLANTED|planted|products\/17/);
  });

  it('put durations into cumulative buckets, in seconds', async () => {
    const telemetry = await metering();
    for (const durationMs of [5, 5.1, 60, 20_000]) telemetry.requestFinished(testContext({ endpoint: productEndpoint }), requestOutcome({ durationMs }));
    const samples = await scrape(telemetry);
    const labels = 'method="GET",route="/api/products/:id",status_class="2xx"';
    const bucket = (le: string) => samples.get(`portico_http_request_duration_seconds_bucket{le="${le}",${labels}}`) ?? samples.get(`portico_http_request_duration_seconds_bucket{${labels},le="${le}"}`);
    expect(['0.005', '0.01', '0.05', '0.075', '10', '+Inf'].map(bucket)).toEqual([1, 2, 2, 3, 3, 4]);
    expect(samples.get(`portico_http_request_duration_seconds_count{${labels}}`)).toBe(4);
    expect(samples.get(`portico_http_request_duration_seconds_sum{${labels}}`)).toBeCloseTo(20.0701, 6);
  });

  it('tell how many requests wait now and how many clients left', async () => {
    const telemetry = await metering();
    const context = testContext({ endpoint: productEndpoint });
    for (let count = 0; count < 3; count++) telemetry.requestStarted(context);
    telemetry.requestFinished(context, requestOutcome({ status: 499, aborted: true }));
    const samples = await scrape(telemetry);
    expect(samples.get('portico_http_requests_in_flight')).toBe(2);
    expect(samples.get('portico_http_requests_aborted_total{method="GET",route="/api/products/:id"}')).toBe(1);
  });

  it('count errors by code, and answers that were degraded or ready, by endpoint', async () => {
    const telemetry = await metering();
    const [refused, degraded, ready] = [testContext({ endpoint: productEndpoint }), testContext({ endpoint: productEndpoint }), testContext({ endpoint: productEndpoint })];
    degraded.degrade('reviews', 'timeout');
    ready.ready = { status: 200, headers: {}, body: '' };
    telemetry.requestFinished(refused, requestOutcome({ status: 429, code: 'LIMIT_EXCEEDED' }));
    for (const context of [degraded, ready, ready]) telemetry.requestFinished(context, requestOutcome());
    const samples = await scrape(telemetry);
    const labels = 'method="GET",route="/api/products/:id"';
    expect(samples.get(`portico_http_errors_total{${labels},code="LIMIT_EXCEEDED"}`)).toBe(1);
    expect(samples.get(`portico_http_answers_degraded_total{${labels}}`)).toBe(1);
    expect(samples.get(`portico_http_answers_ready_total{${labels}}`)).toBe(2);
  });

  it('measure parts, but not those that were skipped', async () => {
    const telemetry = await metering();
    const context = testContext();
    for (const durationMs of [4, 60]) telemetry.partFinished(context, partOutcome({ durationMs }));
    telemetry.partFinished(context, partOutcome({ result: 'skipped', durationMs: 0 }));
    const samples = await scrape(telemetry);
    const labels = 'aggregate="product",part="reviews"';
    expect(['0.005', '0.05', '0.075', '+Inf'].map((le) => samples.get(`portico_part_duration_seconds_bucket{${labels},le="${le}"}`))).toEqual([1, 1, 2, 2]);
    expect(samples.get(`portico_part_duration_seconds_sum{${labels}}`)).toBeCloseTo(0.064, 6);
  });

  it('tell what calls to services occupy, in one series while a service is replaced', async () => {
    const telemetry = await metering();
    const load = { service: 'catalog', connections: 3, inFlight: 2, waiting: 1, instances: { available: 1, leftOut: 1 }, breakers: { closed: 1, 'half-open': 0, open: 2 } };
    telemetry.watchServices(() => [load, load, { ...load, service: 'pricing' }]);
    const samples = await scrape(telemetry);
    expect(['connections', 'calls_in_flight', 'calls_waiting'].map((name) => samples.get(`portico_service_${name}{service="catalog"}`))).toEqual([6, 4, 2]);
    expect(samples.get('portico_service_instances{service="catalog",state="left-out"}')).toBe(2);
    expect(['closed', 'half-open', 'open'].map((state) => samples.get(`portico_service_breakers{service="pricing",state="${state}"}`))).toEqual([1, 0, 2]);
  });

  it('tell of Redis where there is one', async () => {
    const telemetry = await metering();
    const seen = async () => (await scrape(telemetry)).get('portico_redis_reachable');
    expect(await seen()).toBeUndefined();
    telemetry.redisReachable(true);
    expect(await seen()).toBe(1);
    telemetry.redisReachable(false);
    expect(await seen()).toBe(0);
  });

  it('count what the firewall found', async () => {
    const telemetry = await metering();
    for (const action of ['passed', 'refused', 'refused'] as const) telemetry.firewallFinding('sql-injection', action);
    const samples = await scrape(telemetry);
    expect(samples.get('portico_firewall_findings_total{rule="sql-injection",action="refused"}')).toBe(2);
    expect(samples.get('portico_firewall_findings_total{rule="sql-injection",action="passed"}')).toBe(1);
  });

  it('count parts, attempts and service events', async () => {
    const telemetry = await metering();
    const context = testContext();
    telemetry.partFinished(context, partOutcome());
    telemetry.partFinished(context, partOutcome({ result: 'failed' }));
    telemetry.partFinished(context, partOutcome({ result: 'failed' }));
    telemetry.attemptFinished(context, attemptOutcome());
    telemetry.attemptFinished(undefined, attemptOutcome({ status: 0 }));
    telemetry.serviceEvent('catalog', 'retried');
    telemetry.serviceEvent('catalog', 'retried');
    const samples = await scrape(telemetry);
    expect(samples.get('portico_parts_total{aggregate="product",part="reviews",result="ok"}')).toBe(1);
    expect(samples.get('portico_parts_total{aggregate="product",part="reviews",result="failed"}')).toBe(2);
    expect(samples.get('portico_service_attempts_total{service="catalog",status_class="2xx"}')).toBe(1);
    expect(samples.get('portico_service_attempts_total{service="catalog",status_class="none"}')).toBe(1);
    expect(samples.get('portico_service_attempt_duration_seconds_count{service="catalog",status_class="2xx"}')).toBe(1);
    expect(samples.get('portico_service_events_total{service="catalog",event="retried"}')).toBe(2);
  });

  it('count connections of hubs and what is said on them', async () => {
    const telemetry = await metering();
    const hub = telemetry.hub('shop');
    for (const transport of ['WebSockets', 'WebSockets', 'LongPolling']) hub?.connectionOpened(transport);
    hub?.connectionClosed('WebSockets', 'slow');
    telemetry.hub('shop')?.callReceived();
    const samples = await scrape(telemetry);
    expect(samples.get('portico_hub_connections{hub="shop",transport="WebSockets"}')).toBe(1);
    expect(samples.get('portico_hub_connections{hub="shop",transport="LongPolling"}')).toBe(1);
    expect(samples.get('portico_hub_connections_opened_total{hub="shop",transport="WebSockets"}')).toBe(2);
    expect(samples.get('portico_hub_connections_closed_total{hub="shop",reason="slow"}')).toBe(1);
    expect(samples.get('portico_hub_calls_total{hub="shop"}')).toBe(1);
    expect(samples.get('portico_hub_messages_sent_total{hub="shop"}')).toBe(0);
  });

  it('count messages of hubs in pieces of 2 KB, for each recipient', async () => {
    const telemetry = await metering();
    const hub = telemetry.hub('shop');
    const pieces: (number | undefined)[] = [];
    for (const [bytes, recipients] of [[0, 1], [1, 3], [2_048, 1], [2_049, 10], [500, 0]] as const) {
      hub?.messageSent(bytes, recipients);
      pieces.push((await scrape(telemetry)).get('portico_hub_messages_sent_total{hub="shop"}'));
    }
    expect(pieces).toEqual([1, 4, 5, 25, 25]);
  });

  it('tell about the process', async () => {
    const samples = await scrape(await metering());
    expect(samples.get('process_cpu_seconds_total')).toBeGreaterThan(0);
    expect(samples.get('process_resident_memory_bytes')).toBeGreaterThan(1e6);
    expect(samples.get('process_start_time_seconds')).toBeGreaterThan(1.6e9);
    expect(samples.get('nodejs_eventloop_utilization')).toBeLessThanOrEqual(1);
    expect(samples.has(`nodejs_version_info{version="${process.version}"}`)).toBe(true);
  });

  it('belong to one telemetry each, and are empty when switched off', async () => {
    const [one, other, off] = [await metering(), await metering(), await metering(false)];
    one.serviceEvent('catalog', 'hedged');
    off.serviceEvent('catalog', 'hedged');
    expect(await other.renderMetrics()).not.toContain('hedged');
    expect([await off.renderMetrics(), off.hub('shop')]).toEqual(['', undefined]);
  });
});
