import type { AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { TokenVerifier } from '@portico/auth';
import { BackendClient } from '@portico/backend-client';
import { loadConfig, type DeepPartial } from '@portico/config';
import { systemClock, type Resolve, type Telemetry } from '@portico/core';
import { PorticoTelemetry } from '@portico/observability';
import { installPipeline } from './accept/install-pipeline.js';
import { RequestOpener } from './accept/request-opener.js';
import { GatewayModule } from './gateway.module.js';
import type { GatewayConfig } from './gateway.config.js';
import type { GatewayDefinition } from './gateway-definition.js';
import { httpServerOptions } from './http-server-options.js';
import { GatewayAdapter } from './gateway-adapter.js';
import { InputPipe } from './input/input.pipe.js';
import { RouteBinder } from './operations/bind-routes.js';
import { declareOperations } from './operations/declare-operations.js';
import { ProblemFilter } from './problems/problem.filter.js';
import { Readiness } from './system/readiness.js';
import { installSystemEndpoints } from './system/system-endpoints.js';

export interface CreateGatewayOptions<C> {
  /** Environment to read the configuration from; `process.env` by default. */
  readonly env?: NodeJS.ProcessEnv;
  /** Settings given in code: they win over the environment. */
  readonly overrides?: DeepPartial<C>;
}

/** A gateway that listens. */
export interface Gateway {
  /** As in `http://127.0.0.1:3010`. */
  readonly url: string;
  readonly app: NestFastifyApplication;
  /** Turns unready, lets running requests finish within `shutdown.graceMs`, then ends. */
  close(): Promise<void>;
}

/**
 * Builds a gateway from its definition and lets it listen.
 * @throws ConfigurationError with every fault of the configuration; Error that lists operations which must not be served
 */
export async function createGateway<C extends GatewayConfig>(definition: GatewayDefinition<C>, options: CreateGatewayOptions<C> = {}): Promise<Gateway> {
  const config = loadConfig(definition.config, { env: options.env ?? process.env, overrides: options.overrides });
  const telemetry = await PorticoTelemetry.start({ name: definition.name, log: config.log, metrics: config.metrics, traces: config.traces });
  const adapter = new GatewayAdapter(httpServerOptions(config));
  const app = await NestFactory.create<NestFastifyApplication>(GatewayModule.forRoot(definition, config, telemetry), adapter, { logger: ['error', 'warn'], bodyParser: false });
  const resolve: Resolve = (token) => app.get(token, { strict: false });
  const binder = new RouteBinder({ pipeline: definition.pipeline(config), resolve, defaultDeadlineMs: config.deadline.defaultMs });
  const readiness = new Readiness();
  const fastify = adapter.getInstance();

  const operations = declareOperations(app);
  binder.install(fastify);
  installPipeline(fastify, { opener: new RequestOpener(telemetry, systemClock), clock: systemClock, nowhere: () => binder.nowhere });
  installSystemEndpoints(fastify, { name: definition.name, app, operations, readiness, telemetry });
  app.useGlobalPipes(new InputPipe());
  app.useGlobalFilters(new ProblemFilter(binder.methods));
  await app.listen(config.port, config.host);
  void app.get(TokenVerifier).prefetch();
  readiness.state = 'ready';

  const { address, port, family } = app.getHttpServer().address() as AddressInfo;
  const host = family === 'IPv6' ? `[${address}]` : address;
  return { url: `http://${host}:${port}`, app, close: () => close(app, config, readiness, telemetry) };
}

async function close(app: NestFastifyApplication, config: GatewayConfig, readiness: Readiness, telemetry: Telemetry & { close(): Promise<void> }): Promise<void> {
  readiness.state = 'stopping';
  if (config.shutdown.drainMs > 0) await new Promise((resolve) => setTimeout(resolve, config.shutdown.drainMs));
  const force = setTimeout(() => app.getHttpServer().closeAllConnections(), config.shutdown.graceMs);
  await app.close();
  clearTimeout(force);
  await app.get(BackendClient).close();
  await telemetry.close();
}
