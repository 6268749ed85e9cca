import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ServiceTokenSources, TokenVerifier } from '@portico/auth';
import { loadConfig, type DeepPartial } from '@portico/config';
import { PorticoTelemetry, type LogDestination } from '@portico/observability';
import { assembleGateway } from './assemble-gateway.js';
import { closeGateway, type ClosingGateway } from './close-gateway.js';
import type { GatewayConfig } from './gateway.config.js';
import type { GatewayDefinition } from './gateway-definition.js';
import type { RouteSet } from './routes/route-definition.js';
import { Readiness } from './system/readiness.js';

export interface CreateGatewayOptions<C> {
  /** Environment to read the configuration from; `process.env` by default. */
  readonly env?: NodeJS.ProcessEnv;
  /** Settings given in code: they win over the environment. */
  readonly overrides?: DeepPartial<C>;
  /** Routes given in code, as tests do, instead of those of the definition's files. */
  readonly routes?: RouteSet;
  /** Where log lines go; standard output by default. */
  readonly logDestination?: LogDestination;
}

/** A gateway that listens. */
export interface Gateway {
  /** As in `http://127.0.0.1:3010`. */
  readonly url: string;
  readonly app: NestFastifyApplication;
  /** Turns unready, lets running requests finish within `shutdown.graceMs`, then ends. Called again, it waits for the same end. */
  close(): Promise<void>;
}

/** Time after a gateway listens for its first requests alone, in ms. Behind it begins what they may not need: streams of events, keys and tokens of the issuer. */
const settleAfterMs = 100;

/**
 * Builds a gateway from its definition and lets it listen.
 * @throws ConfigurationError with every fault of the configuration; Error that lists operations which must not be served
 */
export async function createGateway<C extends GatewayConfig>(definition: GatewayDefinition<C>, options: CreateGatewayOptions<C> = {}): Promise<Gateway> {
  const config = loadConfig(definition.config, { env: options.env ?? process.env, overrides: options.overrides });
  const { name } = definition;
  const telemetry = await PorticoTelemetry.start({ name, instance: config.state.replica, log: config.log, metrics: config.metrics, traces: config.traces, logDestination: options.logDestination });
  const parts: ClosingGateway = { app: undefined, routes: undefined, config, readiness: new Readiness(), telemetry };
  let settle = (): void => {};
  const settled = new Promise<void>((resolve) => (settle = resolve));
  try {
    const { app } = await assembleGateway(definition, config, parts, options.routes, settled);
    await app.listen(config.port, config.host);
    setTimeout(settle, settleAfterMs).unref();
    void settled.then(() => prefetch(app));
    parts.readiness.state = 'ready';
    const { address, port, family } = app.getHttpServer().address() as AddressInfo;
    const host = family === 'IPv6' ? `[${address}]` : address;
    let closing: Promise<void> | undefined;
    return { url: `http://${host}:${port}`, app, close: () => (closing ??= closeGateway(parts)) };
  } catch (error) {
    // Whatever is already open would keep the process alive.
    await closeGateway({ ...parts, config: { shutdown: { drainMs: 0, graceMs: 0 } } }).catch(() => undefined);
    throw error;
  }
}

async function prefetch(app: NestFastifyApplication): Promise<void> {
  await Promise.all([app.get(TokenVerifier).prefetch(), app.get<ServiceTokenSources | null>(ServiceTokenSources)?.prefetch()]);
}
