import type { ReadableSpan, SpanExporter, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { Logger } from 'pino';
import type { OpenTelemetry } from './open-telemetry.js';

/** Spans that wait for their batch, or are under way. */
const mostWaiting = 2_048;

/**
 * Takes spans to an exporter in batches, beside the requests. When nobody takes them they are dropped and counted, and the log says so once; and once that they arrive again.
 */
export class SpanDelivery implements SpanProcessor {
  exported = 0;
  dropped = 0;
  readonly #batches: SpanProcessor;
  readonly #logger: Logger;
  #waiting = 0;
  #fails = false;

  constructor({ BatchSpanProcessor }: Pick<OpenTelemetry, 'BatchSpanProcessor'>, exporter: SpanExporter, logger: Logger) {
    this.#logger = logger;
    const counted: SpanExporter = {
      export: (spans, done) =>
        exporter.export(spans, (result) => {
          this.#left(spans.length, result.code === 0 ? undefined : (result.error ?? new Error('refused')));
          done(result);
        }),
      forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
      shutdown: () => exporter.shutdown(),
    };
    this.#batches = new BatchSpanProcessor(counted, { maxQueueSize: mostWaiting, scheduledDelayMillis: 1_000 });
  }

  onStart(): void {}

  onEnd(span: ReadableSpan): void {
    if (this.#waiting >= mostWaiting) {
      this.dropped++;
      return;
    }
    this.#waiting++;
    this.#batches.onEnd(span);
  }

  forceFlush(): Promise<void> {
    return this.#batches.forceFlush();
  }

  shutdown(): Promise<void> {
    return this.#batches.shutdown();
  }

  #left(count: number, failure: Error | undefined): void {
    this.#waiting -= count;
    if (failure) this.dropped += count;
    else this.exported += count;
    if (this.#fails === (failure !== undefined)) return;
    this.#fails = failure !== undefined;
    if (failure) this.#logger.warn({ reason: failure.message }, 'Spans cannot be handed over: they are dropped');
    else this.#logger.info('Spans can be handed over again');
  }
}
