import { loadConfig } from '@portico/config';
import { PorticoTelemetry } from '@portico/observability';
import { assembleGateway, type AssembledGateway } from '../assemble-gateway.js';
import { closeGateway, type ClosingGateway } from '../close-gateway.js';
import type { GatewayConfig } from '../gateway.config.js';
import type { GatewayDefinition } from '../gateway-definition.js';
import { Readiness } from '../system/readiness.js';

/**
 * Puts a gateway together with the routes of `files`, as it would start, lets `look` look at it, and closes it. It never listens and logs nothing.
 * @throws ConfigurationError listing every fault of the files
 */
export async function inspectGateway<C extends GatewayConfig>(definition: GatewayDefinition<C>, files: readonly string[], look: (gateway: AssembledGateway) => string): Promise<string> {
  const config = loadConfig(definition.config, { env: process.env });
  const telemetry = await PorticoTelemetry.start({ name: definition.name, log: { ...config.log, level: 'silent' }, metrics: config.metrics, traces: { ...config.traces, exporter: 'none' } });
  const parts: ClosingGateway = { app: undefined, routes: undefined, config: { shutdown: { drainMs: 0, graceMs: 0 } }, readiness: new Readiness(), telemetry };
  try {
    const assembled = await assembleGateway({ ...definition, routeFiles: files }, config, parts, undefined);
    // Nest registers the operations with Fastify here, and Fastify the hubs, and so their paths become known.
    await assembled.app.init();
    await assembled.app.getHttpAdapter().getInstance().ready();
    return look(assembled);
  } finally {
    await closeGateway(parts).catch(() => undefined);
  }
}
