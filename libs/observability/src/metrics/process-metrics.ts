import { monitorEventLoopDelay, performance, type IntervalHistogram } from 'node:perf_hooks';
import type { Registry } from 'prom-client';
import { registerCollected, type CollectedMetricOptions, type Sample } from './collected-metric.js';

// Twenty timer ticks a second: enough for percentiles between two scrapes, and next to nothing.
const resolutionMs = 50;

/**
 * The process and its event loop, under the names that Prometheus clients agree on; read only on scrape. prom-client's default
 * metrics would observe every garbage collection and could never be stopped.
 */
export class ProcessMetrics {
  readonly #delay: IntervalHistogram;
  #utilization = performance.eventLoopUtilization();

  /** @param monitor opens the histogram of intervals between the ticks of a timer, given the timer's interval in ms */
  constructor(monitor: (resolutionMs: number) => IntervalHistogram = (resolution) => monitorEventLoopDelay({ resolution })) {
    this.#delay = monitor(resolutionMs);
    this.#delay.enable();
  }

  register(registry: Registry): void {
    const startedAt = performance.timeOrigin / 1_000;
    const metric = (type: CollectedMetricOptions['type'], name: string, help: string, read: () => number) =>
      registerCollected(registry, { type, name, help, collect: () => [{ labels: {}, value: read() }] });
    metric('counter', 'process_cpu_seconds_total', 'CPU time of this process.', () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1e6;
    });
    metric('gauge', 'process_resident_memory_bytes', 'Resident memory.', () => process.memoryUsage.rss());
    metric('gauge', 'process_start_time_seconds', 'When the process started, since the Unix epoch.', () => startedAt);
    metric('gauge', 'nodejs_heap_size_used_bytes', 'Heap in use.', () => process.memoryUsage().heapUsed);
    metric('gauge', 'nodejs_eventloop_utilization', 'Share of time in which the event loop was busy since the last scrape.', () => this.#readUtilization());
    registerCollected(registry, {
      type: 'gauge',
      name: 'nodejs_eventloop_lag_seconds',
      help: 'How late timers fired since the last scrape.',
      collect: () => this.#readDelay(),
    });
    registerCollected(registry, {
      type: 'gauge',
      name: 'nodejs_version_info',
      help: 'Version of Node.js.',
      collect: () => [{ labels: { version: process.version }, value: 1 }],
    });
  }

  close(): void {
    this.#delay.disable();
  }

  #readUtilization(): number {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, this.#utilization);
    this.#utilization = now;
    return utilization;
  }

  #readDelay(): Sample[] {
    // The histogram holds whole intervals between ticks, of which the resolution is no lag.
    const lag = (nanoseconds: number) => Math.max(0, nanoseconds / 1e9 - resolutionMs / 1_000);
    const delay = this.#delay;
    const samples =
      delay.count === 0
        ? []
        : [
            { labels: { quantile: 0.5 }, value: lag(delay.percentile(50)) },
            { labels: { quantile: 0.99 }, value: lag(delay.percentile(99)) },
            { labels: { quantile: 1 }, value: lag(delay.max) },
          ];
    delay.reset();
    return samples;
  }
}
