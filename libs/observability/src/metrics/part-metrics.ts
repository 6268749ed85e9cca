import type { PartOutcome } from '@portico/core';
import type { Registry } from 'prom-client';
import { registerCollected } from './collected-metric.js';

type Counts = Record<PartOutcome['result'], number>;

/** How the parts of aggregates ended. */
export class PartMetrics {
  readonly #counts = new Map<string, Map<string, Counts>>();

  partFinished({ aggregate, part, result }: PartOutcome): void {
    const counts = this.#counts.get(aggregate)?.get(part) ?? this.#open(aggregate, part);
    counts[result]++;
  }

  register(registry: Registry): void {
    registerCollected(registry, {
      name: 'portico_parts_total',
      help: 'Parts of aggregates, by how they ended.',
      type: 'counter',
      collect: () =>
        [...this.#counts].flatMap(([aggregate, parts]) =>
          [...parts].flatMap(([part, counts]) =>
            Object.entries(counts)
              .filter(([, value]) => value > 0)
              .map(([result, value]) => ({ labels: { aggregate, part, result }, value })),
          ),
        ),
    });
  }

  #open(aggregate: string, part: string): Counts {
    const counts: Counts = { ok: 0, stale: 0, default: 0, failed: 0, skipped: 0 };
    const parts = this.#counts.get(aggregate) ?? new Map<string, Counts>();
    this.#counts.set(aggregate, parts.set(part, counts));
    return counts;
  }
}
