import type { PorticoTelemetry } from '@portico/observability';

/** Writes down that a registry gave no instances, or such as are not used: one that is away for hours says so once a minute for each service. */
export function registryLog(logger: PorticoTelemetry['logger']): (error: Error) => void {
  return (error) => logger.warn({ reason: error.message }, 'A registry gave no instances');
}
