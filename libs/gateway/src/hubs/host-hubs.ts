import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Clock, Resolve } from '@portico/core';
import type { PorticoTelemetry } from '@portico/observability';
import type { FastifyInstance } from 'fastify';
import type { GatewayConfig } from '../gateway.config.js';
import { SharedState } from '../identity/shared-state.js';
import type { RouteBinder } from '../operations/bind-routes.js';
import { declaredHubs } from './declared-hub.js';
import { hubBackplanes } from './hub-backplanes.js';
import { HubCallers } from './hub-callers.js';
import { HubHost } from './hub-host.js';
import { Hubs } from './hubs.js';
import { installHubs } from './install-hubs.js';

export interface HostHubsOptions {
  readonly config: GatewayConfig;
  readonly clock: Clock;
  readonly telemetry: PorticoTelemetry;
  readonly resolve: Resolve;
  readonly binder: RouteBinder;
}

/**
 * Finds the hubs of an application, puts them behind the pipeline and into the router, and lets their clients be found.
 * @returns how many there are
 * @throws Error that lists what keeps one from being served
 */
export async function hostHubs(fastify: FastifyInstance, app: NestFastifyApplication, { config, clock, telemetry, resolve, binder }: HostHubsOptions): Promise<number> {
  const declared = declaredHubs(app);
  if (declared.length === 0) return 0;
  const callers = new HubCallers(config, resolve, clock);
  const backplaneOf = hubBackplanes({ state: resolve(SharedState), clock, logger: telemetry.logger });
  const hosts = await Promise.all(declared.map(async (hub) => new HubHost(hub, { config, callers, clock, telemetry, backplane: await backplaneOf(hub.name), bind: (endpoint) => binder.bindHub(endpoint) })));
  for (const { declared: { type }, hub } of hosts) app.get(Hubs).add(type, hub);
  installHubs(fastify, hosts);
  return hosts.length;
}
