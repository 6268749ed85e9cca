import type { Metric, Registry } from 'prom-client';
import { boundsMs, type DurationSeries } from './duration-series.js';
import { statusClasses, type StatusDurations } from './status-durations.js';

export type Labels = Readonly<Record<string, string | number>>;

/** One line of the exposition. */
export interface Sample {
  readonly labels: Labels;
  readonly value: number;
  /** Where it differs from the metric's, as `…_bucket`. */
  readonly metricName?: string;
}

export interface CollectedMetricOptions {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly collect: () => Sample[];
}

/**
 * Registers a metric whose samples exist only while it is scraped. prom-client's own counters and histograms hash a label
 * object per call, which the hot path could not afford; its registry asks no more of a metric than this.
 */
export function registerCollected(registry: Registry, { name, help, type, collect }: CollectedMetricOptions): void {
  const metric = { name, help, type, aggregator: 'sum', get: () => Promise.resolve({ name, help, type, aggregator: 'sum', values: collect() }) };
  registry.registerMetric(metric as unknown as Metric);
}

/** How often each status class occurred. */
export function statusCounts(labels: Labels, durations: StatusDurations): Sample[] {
  return durations.byClass.flatMap((series, index) => (series ? [{ labels: { ...labels, status_class: statusClasses[index]! }, value: series.count }] : []));
}

/** Cumulative buckets in seconds, sum and count of each status class. */
export function statusHistograms(name: string, labels: Labels, durations: StatusDurations): Sample[] {
  return durations.byClass.flatMap((series, index) => (series ? histogram(name, { ...labels, status_class: statusClasses[index]! }, series) : []));
}

/** Cumulative buckets in seconds, sum and count. */
export function histogram(name: string, labels: Labels, series: DurationSeries): Sample[] {
  let total = 0;
  const buckets = boundsMs.map((bound, at) => ({ metricName: `${name}_bucket`, labels: { ...labels, le: bound / 1_000 }, value: (total += series.counts[at]!) }));
  return [
    ...buckets,
    { metricName: `${name}_bucket`, labels: { ...labels, le: '+Inf' }, value: series.count },
    { metricName: `${name}_sum`, labels, value: series.sumMs / 1_000 },
    { metricName: `${name}_count`, labels, value: series.count },
  ];
}
