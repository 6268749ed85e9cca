import type { SpanExporter } from '@opentelemetry/sdk-trace-base';

/** Time for one batch, retries included, in ms. */
const timeoutMillis = 5_000;

/**
 * Sends spans by OTLP over HTTP, as JSON. Its package is loaded only here: only a gateway that sends spans pays for it.
 * @param endpoint origin of the receiver, and what its path begins with
 */
export async function otlpExporter(endpoint: string): Promise<SpanExporter> {
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  return new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces`, timeoutMillis });
}
