import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { BackendClient } from '@portico/backend-client';
import { systemClock, type Resolve } from '@portico/core';
import { openFirewall } from '@portico/firewall';
import { builtInPolicies, PolicyRegistry } from '@portico/policies';
import { installPipeline, type PipelineHooks } from './accept/install-pipeline.js';
import { acceptLate } from './accept/late-request.js';
import { RequestOpener } from './accept/request-opener.js';
import type { ClosingGateway } from './close-gateway.js';
import { DiscoveredSources } from './discovered-sources.js';
import { GatewayModule } from './gateway.module.js';
import type { GatewayConfig } from './gateway.config.js';
import type { GatewayDefinition } from './gateway-definition.js';
import { Hardening } from './hardening/hardening.js';
import { installFirewall } from './hardening/install-firewall.js';
import { installHardening } from './hardening/install-hardening.js';
import { takenMethods } from './hardening/taken-methods.js';
import { httpServerOptions } from './http-server-options.js';
import { GatewayAdapter } from './gateway-adapter.js';
import { installIdentityEndpoints } from './identity/install-identity-endpoints.js';
import { SharedState } from './identity/shared-state.js';
import { hostHubs } from './hubs/host-hubs.js';
import { InputPipe } from './input/input.pipe.js';
import { NestLog } from './nest-log.js';
import { RouteBinder } from './operations/bind-routes.js';
import { declareOperations } from './operations/declare-operations.js';
import { ProblemFilter } from './problems/problem.filter.js';
import { registryLog } from './registry-log.js';
import { AggregatorRegistry } from './routes/aggregates/aggregator-registry.js';
import { hostRoutes } from './routes/host-routes.js';
import { installRoutes } from './routes/install-routes.js';
import type { RouteSet } from './routes/route-definition.js';
import type { RouteHost } from './routes/route-host.js';
import { listenForUpgrades } from './routes/upgrade-listener.js';
import { UpgradedConnections } from './routes/upgraded-connections.js';
import { openStores } from './shared-stores.js';
import { installSystemEndpoints } from './system/system-endpoints.js';

/** A gateway put together, that does not listen yet. */
export interface AssembledGateway {
  readonly app: NestFastifyApplication;
  /** Configured routes; undefined when it has none. */
  readonly host: RouteHost | undefined;
  /** The coded operations, and hubs: bound once the application is initialised. */
  readonly operations: Pick<RouteBinder, 'methods' | 'operation' | 'hubBinding'>;
}

/**
 * Puts a gateway together. What has to be closed is noted in `parts` as soon as it is there.
 * @param settled when it has started: streams of events are asked for behind it
 * @throws ConfigurationError listing every fault of its files; Error that lists operations which must not be served
 */
export async function assembleGateway<C extends GatewayConfig>(definition: GatewayDefinition<C>, config: C, parts: ClosingGateway, routes: RouteSet | undefined, settled?: Promise<void>): Promise<AssembledGateway> {
  const { telemetry, readiness } = parts;
  const clock = systemClock;
  const compiling = {
    pipeline: definition.pipeline(config),
    resolve: ((token) => (parts.app as NestFastifyApplication).get(token, { strict: false })) as Resolve,
    defaultDeadlineMs: config.deadline.defaultMs,
    auth: config.auth,
    registry: new PolicyRegistry([...builtInPolicies, ...(definition.policies ?? [])]),
    aggregators: new AggregatorRegistry(definition.aggregators ?? []),
  };
  const binder = new RouteBinder(compiling);
  const configured: { host?: RouteHost | undefined } = {};
  const hardening = new Hardening(config, (incoming) => takenMethods(incoming, binder.methods, configured.host));
  const opener = new RequestOpener(telemetry, clock, config.deadline.minimumMs);
  const hooks: PipelineHooks = { opener, clock, nowhere: () => binder.nowhere, stallTimeoutMs: config.http.stallTimeoutMs, hardening };
  const adapter = new GatewayAdapter(httpServerOptions(config, { ...hooks, telemetry }));
  const fastify = adapter.getInstance();
  installHardening(fastify, hardening);
  // Before Nest adds its middleware: that of a team then runs behind the pipeline, as everything of a team does.
  installPipeline(fastify, hooks);
  const firewall = await openFirewall(config.firewall, [config.apiKeys.header]);
  parts.firewall = firewall;
  if (firewall) installFirewall(fastify, firewall, config.firewall.mode, telemetry);
  const problems = new ProblemFilter(binder.methods, (request, reply) => acceptLate(hooks, request, reply));
  const state = await SharedState.open(config, (error) => telemetry.logger.warn({ reason: error.message }, 'What is known of callers cannot be read now'), {
    onAway: (error) => {
      telemetry.redisReachable(false);
      telemetry.logger.warn({ reason: (error as Error).message }, 'Redis is away: this replica counts and keeps for itself');
    },
    onBack: () => {
      telemetry.redisReachable(true);
      telemetry.logger.info('Redis is back: this replica counts and keeps together with the others');
    },
  });
  if (state.redis) telemetry.redisReachable(true);
  parts.state = state;
  const stores = await openStores(definition.name, config.cache, state);
  const sources = await DiscoveredSources.open(config, registryLog(telemetry.logger));
  parts.sources = sources;
  const module = GatewayModule.forRoot(definition, config, { telemetry, problems, state, stores, sources: sources.byService, settled });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, { logger: new NestLog(telemetry.logger), bodyParser: false, abortOnError: false });
  parts.app = app;
  const client = app.get(BackendClient);
  telemetry.watchServices(() => client.loads());
  declareOperations(app);
  binder.install(fastify);
  installSystemEndpoints(fastify, { name: definition.name, app, operations: binder.operations, hubs: binder.hubs, readiness, replica: state.replica, telemetry, pages: definition.pages ?? [] });
  installIdentityEndpoints(fastify, definition.identityEndpoints?.(compiling.resolve, config) ?? []);
  const host = await hostRoutes({ ...compiling, client, files: definition.routeFiles ?? [], operations: binder, given: routes }, parts);
  configured.host = host;
  const hubs = await hostHubs(fastify, app, { config, clock, telemetry, resolve: compiling.resolve, binder });
  const webSockets = new UpgradedConnections(clock);
  if (host !== undefined || hubs > 0) listenForUpgrades(fastify, webSockets);
  if (host) installRoutes(fastify, host, { ...hooks, webSockets });
  app.useGlobalPipes(new InputPipe());
  return { app, host, operations: binder };
}
