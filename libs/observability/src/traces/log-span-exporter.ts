import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';
import type { Logger } from 'pino';

/** `ExportResultCode.SUCCESS` of OpenTelemetry, whose module is not loaded for a constant. */
const success = 0;

/** Writes every finished span as a line of the log, for whoever has no collector yet. */
export class LogSpanExporter implements SpanExporter {
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  export(spans: ReadableSpan[], done: (result: { code: number }) => void): void {
    for (const span of spans) {
      const { traceId, spanId } = span.spanContext();
      const [seconds, nanoseconds] = span.duration;
      const durationMs = Math.round(seconds * 10_000 + nanoseconds / 100_000) / 10;
      this.#logger.info({ traceId, spanId, parentSpanId: span.parentSpanContext?.spanId, span: span.name, durationMs, attributes: span.attributes }, 'span');
    }
    done({ code: success });
  }

  async shutdown(): Promise<void> {}
}
