import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Clock, Resolve } from '@portico/core';
import type { PorticoTelemetry } from '@portico/observability';
import type { FastifyInstance } from 'fastify';
import type { GatewayConfig } from '../gateway.config.js';
import type { RouteBinder } from '../operations/bind-routes.js';
import { declaredHubs } from './declared-hub.js';
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
export function hostHubs(fastify: FastifyInstance, app: NestFastifyApplication, { config, clock, telemetry, resolve, binder }: HostHubsOptions): number {
  const declared = declaredHubs(app);
  if (declared.length === 0) return 0;
  const callers = new HubCallers(config, resolve, clock);
  const hosts = declared.map((hub) => new HubHost(hub, { config, callers, clock, telemetry, bind: (endpoint) => binder.bindHub(endpoint) }));
  for (const { declared: { type }, hub } of hosts) app.get(Hubs).add(type, hub.clients);
  installHubs(fastify, hosts);
  return hosts.length;
}
