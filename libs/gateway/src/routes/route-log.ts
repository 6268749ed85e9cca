import type { PorticoTelemetry } from '@portico/observability';
import type { ReloadReport } from './configured-routes.js';

/** Writes into the log what became of a changed file. */
export function routeLog(log: PorticoTelemetry['logger']): ReloadReport {
  return {
    reloaded: (routes) => log.info({ routes }, 'The configured routes were read anew'),
    refused: (reason) => log.error({ reason }, 'The changed routes were refused; the old ones stay'),
  };
}
