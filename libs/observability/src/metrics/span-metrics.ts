import type { Registry } from 'prom-client';
import { registerCollected } from './collected-metric.js';

/** Spans by what became of them, as whoever delivers them counts. */
export interface SpanCounts {
  readonly exported: number;
  readonly dropped: number;
}

/** What became of spans; no samples where none are sent. */
export class SpanMetrics {
  counts: SpanCounts | undefined = undefined;

  register(registry: Registry): void {
    registerCollected(registry, {
      name: 'portico_trace_spans_total',
      help: 'Spans by what became of them: exported, or dropped because nobody took them.',
      type: 'counter',
      collect: () => {
        if (!this.counts) return [];
        const { exported, dropped } = this.counts;
        return Object.entries({ exported, dropped }).map(([result, value]) => ({ labels: { result }, value }));
      },
    });
  }
}
