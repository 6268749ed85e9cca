import { Registry } from 'prom-client';

/** Content type of Prometheus' text format. */
export const metricsContentType: string = Registry.PROMETHEUS_CONTENT_TYPE;
