import type { AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { TokenVerifier } from '@portico/auth';
import { loadConfig, type DeepPartial } from '@portico/config';
import { systemClock } from '@portico/core';
import { PorticoTelemetry, type LogDestination } from '@portico/observability';
import { installPipeline, type PipelineHooks } from './accept/install-pipeline.js';
import { acceptLate } from './accept/late-request.js';
import { RequestOpener } from './accept/request-opener.js';
import { closeGateway, type ClosingGateway } from './close-gateway.js';
import { GatewayModule } from './gateway.module.js';
import type { GatewayConfig } from './gateway.config.js';
import type { GatewayDefinition } from './gateway-definition.js';
import { httpServerOptions } from './http-server-options.js';
import { GatewayAdapter } from './gateway-adapter.js';
import { InputPipe } from './input/input.pipe.js';
import { NestLog } from './nest-log.js';
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

/** Time after the start when the issuer's keys are fetched, unless a token came before, in ms. */
const prefetchKeysAfterMs = 500;

/**
 * Builds a gateway from its definition and lets it listen.
 * @throws ConfigurationError with every fault of the configuration; Error that lists operations which must not be served
 */
export async function createGateway<C extends GatewayConfig>(definition: GatewayDefinition<C>, options: CreateGatewayOptions<C> = {}): Promise<Gateway> {
  const config = loadConfig(definition.config, { env: options.env ?? process.env, overrides: options.overrides });
  const { name } = definition;
  const telemetry = await PorticoTelemetry.start({ name, log: config.log, metrics: config.metrics, traces: config.traces, logDestination: options.logDestination });
  const parts: ClosingGateway = { app: undefined, config, readiness: new Readiness(), telemetry };
  try {
    const app = await assemble(definition, config, parts);
    await app.listen(config.port, config.host);
    // Not at once: the first answer should not wait for what only the first token needs.
    setTimeout(() => void app.get(TokenVerifier).prefetch(), prefetchKeysAfterMs).unref();
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

async function assemble<C extends GatewayConfig>(definition: GatewayDefinition<C>, config: C, parts: ClosingGateway): Promise<NestFastifyApplication> {
  const { telemetry, readiness } = parts;
  const clock = systemClock;
  const binder = new RouteBinder({
    pipeline: definition.pipeline(config),
    resolve: (token) => (parts.app as NestFastifyApplication).get(token, { strict: false }),
    defaultDeadlineMs: config.deadline.defaultMs,
  });
  const hooks: PipelineHooks = { opener: new RequestOpener(telemetry, clock, config.deadline.minimumMs), clock, nowhere: () => binder.nowhere };
  const adapter = new GatewayAdapter(httpServerOptions(config, { ...hooks, telemetry }));
  const fastify = adapter.getInstance();
  // JSON is the one format of a body; Fastify would also take plain text.
  fastify.removeContentTypeParser('text/plain');
  // Before Nest adds its middleware: that of a team then runs behind the pipeline, as everything of a team does.
  installPipeline(fastify, hooks);
  const problems = new ProblemFilter(binder.methods, (request, reply) => acceptLate(hooks, request, reply));
  const module = GatewayModule.forRoot(definition, config, telemetry, problems);
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, { logger: new NestLog(telemetry.logger), bodyParser: false, abortOnError: false });
  parts.app = app;
  const operations = declareOperations(app);
  binder.install(fastify);
  installSystemEndpoints(fastify, { name: definition.name, app, operations, readiness, telemetry });
  app.useGlobalPipes(new InputPipe());
  return app;
}
