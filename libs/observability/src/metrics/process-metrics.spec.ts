import { createHistogram, type IntervalHistogram } from 'node:perf_hooks';
import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { ProcessMetrics } from './process-metrics.js';

describe('ProcessMetrics', () => {
  it('shows how late the event loop was since the last scrape, without the interval of its own timer', async () => {
    const registry = new Registry();
    const intervals = createHistogram();
    let enabled = false;
    let resolutionMs = 0;
    const metrics = new ProcessMetrics((resolution) => {
      resolutionMs = resolution;
      return Object.assign(intervals, { enable: () => (enabled = true), disable: () => !(enabled = false) }) as unknown as IntervalHistogram;
    });
    metrics.register(registry);
    const lag = async () => {
      const samples = (await registry.getMetricsAsJSON()).find((metric) => metric.name === 'nodejs_eventloop_lag_seconds')?.values ?? [];
      return samples.map((sample) => [sample.labels['quantile'], Math.round(sample.value * 1_000)]);
    };
    expect(enabled).toBe(true);
    expect(await lag()).toEqual([]);
    for (let tick = 0; tick < 9; tick++) intervals.record(resolutionMs * 1e6);
    intervals.record((resolutionMs + 300) * 1e6);
    expect(await lag()).toEqual([[0.5, 0], [0.99, 300], [1, 300]]);
    expect(await lag()).toEqual([]);
    metrics.close();
    expect(enabled).toBe(false);
  });
});
