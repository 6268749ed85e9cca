import type { PartOutcome } from '@portico/core';
import type { Registry } from 'prom-client';
import { histogram, registerCollected } from './collected-metric.js';
import { DurationSeries } from './duration-series.js';

interface PartSeries {
  readonly labels: { readonly aggregate: string; readonly part: string };
  readonly counts: Record<PartOutcome['result'], number>;
  readonly durations: DurationSeries;
}

/** How the parts of aggregates ended, and how long they took. */
export class PartMetrics {
  readonly #parts = new Map<string, Map<string, PartSeries>>();

  partFinished({ aggregate, part, result, durationMs }: PartOutcome): void {
    const series = this.#parts.get(aggregate)?.get(part) ?? this.#open(aggregate, part);
    series.counts[result]++;
    // One that was skipped took no time, and would only make the others look fast.
    if (result !== 'skipped') series.durations.record(durationMs);
  }

  register(registry: Registry): void {
    const every = () => [...this.#parts.values()].flatMap((parts) => [...parts.values()]);
    registerCollected(registry, {
      name: 'portico_parts_total',
      help: 'Parts of aggregates, by how they ended.',
      type: 'counter',
      collect: () =>
        every().flatMap(({ labels, counts }) =>
          Object.entries(counts)
            .filter(([, value]) => value > 0)
            .map(([result, value]) => ({ labels: { ...labels, result }, value })),
        ),
    });
    const duration = 'portico_part_duration_seconds';
    registerCollected(registry, {
      name: duration,
      help: 'Time that a part of an aggregate took, retries and waiting included; not of parts that were skipped.',
      type: 'histogram',
      collect: () => every().flatMap(({ labels, durations }) => histogram(duration, labels, durations)),
    });
  }

  #open(aggregate: string, part: string): PartSeries {
    const series: PartSeries = { labels: { aggregate, part }, counts: { ok: 0, stale: 0, default: 0, failed: 0, skipped: 0 }, durations: new DurationSeries() };
    const parts = this.#parts.get(aggregate) ?? new Map<string, PartSeries>();
    this.#parts.set(aggregate, parts.set(part, series));
    return series;
  }
}
