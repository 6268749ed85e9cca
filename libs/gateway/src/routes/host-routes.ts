import { systemClock } from '@portico/core';
import type { PolicyRegistry } from '@portico/policies';
import type { ClosingGateway } from '../close-gateway.js';
import type { RouteBinder } from '../operations/bind-routes.js';
import { registryLog } from '../registry-log.js';
import { ConfiguredRoutes } from './configured-routes.js';
import type { RouteSet } from './route-definition.js';
import { RouteHost } from './route-host.js';
import { routeLog } from './route-log.js';
import { RouteServices } from './route-services.js';
import { RouteSnapshot, type RouteSnapshotDependencies } from './route-snapshot.js';

export interface HostRoutesOptions extends Omit<RouteSnapshotDependencies, 'service'> {
  readonly files: readonly string[];
  readonly registry: PolicyRegistry;
  /** The coded operations. */
  readonly operations: RouteBinder;
  /** Routes given in code, instead of those of the files. */
  readonly given: RouteSet | undefined;
}

/**
 * The configured routes of a gateway, followed in their files until `parts` is closed; undefined when it has none.
 * @throws ConfigurationError listing every fault of the files
 */
export async function hostRoutes({ files, registry, operations, given, ...compiling }: HostRoutesOptions, parts: ClosingGateway): Promise<RouteHost | undefined> {
  const { client, aggregators } = compiling;
  const { methods } = operations;
  if (given) {
    if (given.operations) operations.rescope(given.operations)();
    return new RouteHost(new RouteSnapshot(given, { ...compiling, service: (name) => client.service(name) }), methods);
  }
  if (files.length === 0) return undefined;
  const { logger } = parts.telemetry;
  const services = new RouteServices(client, registryLog(logger));
  const loading = { env: process.env, registry, aggregators: aggregators.names, services: client.names };
  const configured = new ConfiguredRoutes({ files, loading, compiling, services, operations, clock: systemClock, report: routeLog(logger) });
  parts.routes = configured;
  const { snapshot, rescope } = await configured.load();
  rescope();
  const host = new RouteHost(snapshot, methods);
  configured.follow(host);
  return host;
}
