import type { Endpoint, RequestContext, RequestOutcome } from '@portico/core';
import type { Registry } from 'prom-client';
import { registerCollected, statusCounts, statusHistograms } from './collected-metric.js';
import { StatusDurations } from './status-durations.js';

interface EndpointSeries {
  readonly labels: { readonly method: string; readonly route: string };
  readonly durations: StatusDurations;
  aborted: number;
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

  requestFinished({ endpoint }: RequestContext, { status, durationMs, aborted }: RequestOutcome): void {
    this.#inFlight--;
    const series = this.#byEndpoint.get(endpoint) ?? this.#open(endpoint);
    series.durations.record(status, durationMs);
    if (aborted) series.aborted++;
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
    registerCollected(registry, {
      name: 'portico_http_requests_aborted_total',
      help: 'Requests whose client left before the answer was complete.',
      type: 'counter',
      collect: () => every().filter((series) => series.aborted > 0).map((series) => ({ labels: series.labels, value: series.aborted })),
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
    if (!series) this.#byLabels.set(key, (series = { labels, durations: new StatusDurations(), aborted: 0 }));
    this.#byEndpoint.set(endpoint, series);
    return series;
  }
}
