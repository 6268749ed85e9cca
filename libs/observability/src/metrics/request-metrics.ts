import type { Endpoint, ErrorCode, RequestContext, RequestOutcome } from '@portico/core';
import type { Registry } from 'prom-client';
import { registerCollected, statusCounts, statusHistograms } from './collected-metric.js';
import { StatusDurations } from './status-durations.js';

interface EndpointSeries {
  readonly labels: { readonly method: string; readonly route: string };
  readonly durations: StatusDurations;
  aborted: number;
  degraded: number;
  ready: number;
  readonly errors: Map<ErrorCode, number>;
}

/** Rate, errors and duration of requests by endpoint. Addresses that nothing is bound to share one series. */
export class RequestMetrics {
  readonly #byEndpoint = new WeakMap<Endpoint, EndpointSeries>();
  // Two endpoint objects with the same labels must share a series, or the exposition would hold it twice.
  readonly #byLabels = new Map<string, EndpointSeries>();
  #inFlight = 0;

  requestStarted(): void {
    this.#inFlight++;
  }

  requestFinished({ endpoint, degraded, ready }: RequestContext, { status, durationMs, aborted, code }: RequestOutcome): void {
    this.#inFlight--;
    const series = this.#byEndpoint.get(endpoint) ?? this.#open(endpoint);
    series.durations.record(status, durationMs);
    if (aborted) series.aborted++;
    if (degraded) series.degraded++;
    if (ready) series.ready++;
    if (code !== undefined) series.errors.set(code, (series.errors.get(code) ?? 0) + 1);
  }

  register(registry: Registry): void {
    const every = () => [...this.#byLabels.values()];
    const duration = 'portico_http_request_duration_seconds';
    registerCollected(registry, {
      name: 'portico_http_requests_total',
      help: 'Requests answered.',
      type: 'counter',
      collect: () => every().flatMap((series) => statusCounts(series.labels, series.durations)),
    });
    registerCollected(registry, {
      name: duration,
      help: 'Time from the arrival of a request to the end of its answer.',
      type: 'histogram',
      collect: () => every().flatMap((series) => statusHistograms(duration, series.labels, series.durations)),
    });
    const counter = (name: string, help: string, count: (series: EndpointSeries) => number) =>
      registerCollected(registry, { name, help, type: 'counter', collect: () => every().map((series) => ({ labels: series.labels, value: count(series) })).filter(({ value }) => value > 0) });
    counter('portico_http_requests_aborted_total', 'Requests whose client left before the answer was complete.', ({ aborted }) => aborted);
    counter('portico_http_answers_degraded_total', 'Answers in which a part was missing or replaced.', ({ degraded }) => degraded);
    counter('portico_http_answers_ready_total', 'Answers that were ready before anything was computed, as kept ones.', ({ ready }) => ready);
    registerCollected(registry, {
      name: 'portico_http_errors_total',
      help: 'Requests that ended with an error, by its code: what limits refuse has LIMIT_EXCEEDED.',
      type: 'counter',
      collect: () => every().flatMap(({ labels, errors }) => [...errors].map(([code, value]) => ({ labels: { ...labels, code }, value }))),
    });
    registerCollected(registry, {
      name: 'portico_http_requests_in_flight',
      help: 'Requests that wait for their answer now.',
      type: 'gauge',
      collect: () => [{ labels: {}, value: this.#inFlight }],
    });
  }

  #open(endpoint: Endpoint): EndpointSeries {
    const labels = { method: endpoint.method || 'any', route: endpoint.path || 'none' };
    const key = `${labels.method} ${labels.route}`;
    let series = this.#byLabels.get(key);
    if (!series) this.#byLabels.set(key, (series = { labels, durations: new StatusDurations(), aborted: 0, degraded: 0, ready: 0, errors: new Map() }));
    this.#byEndpoint.set(endpoint, series);
    return series;
  }
}
