import { Setting } from '@portico/config';

/** Settings of metrics. */
export class MetricsConfig {
  @Setting({ description: 'Whether metrics are kept and can be scraped.' })
  enabled = true;
}
