import { Setting } from '@portico/config';
import { IsIn, IsUrl, Max, Min } from 'class-validator';

const exporters = ['none', 'log', 'otlp'] as const;

/** Where spans go. */
export type TraceExporter = (typeof exporters)[number];

/** Settings of distributed traces. */
export class TracesConfig {
  @Setting({ description: 'Fraction of new traces that is recorded, 0 to 1; 0 records none, not even those that a caller has sampled.' })
  @Min(0)
  @Max(1)
  ratio = 0.01;

  @Setting({ description: 'Where spans go: `log` writes each as a line of the log, `otlp` sends them to `endpoint`. With `none` trace context is still passed on, and nothing is recorded.' })
  @IsIn(exporters)
  exporter: TraceExporter = 'none';

  @Setting({ description: 'Who takes spans by OTLP over HTTP, at `/v1/traces` of this address' })
  @IsUrl({ require_tld: false, protocols: ['http', 'https'], require_protocol: true })
  endpoint: string = 'http://127.0.0.1:4318';
}
