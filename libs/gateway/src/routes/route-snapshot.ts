import { TokenVerifier, TokenVerifiers } from '@portico/auth';
import type { ServiceRuntime } from '@portico/backend-client';
import type { Resolve } from '@portico/core';
import type { Pipeline } from '@portico/policies';
import { CompiledRoute, RouteTable, RouteTarget } from '@portico/routing';
import type { AuthConfig } from '../gateway.config.js';
import { HttpServiceLoader } from '../http-service-loader.js';
import { verifierDependencies } from '../verifier-dependencies.js';
import { routeEndpoint, type RouteBinding } from './route-binding.js';
import type { RouteSet, RouteSettings } from './route-definition.js';

export interface RouteSnapshotDependencies {
  readonly pipeline: Pipeline;
  readonly resolve: Resolve;
  /** The gateway's own issuer. */
  readonly auth: AuthConfig;
  /** The runtime of a service by its name. */
  readonly service: (name: string) => ServiceRuntime;
  readonly defaultDeadlineMs: number;
}

/** Every configured route, compiled. Never changes: a reload makes another one. */
export class RouteSnapshot {
  readonly table: RouteTable<RouteBinding>;
  readonly settings: RouteSettings;

  /** @throws TypeError or RangeError for a route that cannot be compiled: what a file says has been validated before */
  constructor({ routes, settings, issuers }: RouteSet, deps: RouteSnapshotDependencies) {
    this.settings = settings;
    const resolve = Object.keys(issuers).length > 0 ? withVerifiers(deps, issuers) : deps.resolve;
    this.table = new RouteTable(
      routes.map((definition) => {
        const endpoint = routeEndpoint(definition);
        return new CompiledRoute<RouteBinding>(definition.conditions, {
          definition,
          endpoint,
          pipeline: deps.pipeline.compile(endpoint, resolve),
          deadlineMs: definition.timeoutMs ?? deps.defaultDeadlineMs,
          writer: undefined,
          target: new RouteTarget(definition.to),
          forwarder: deps.service(definition.to.service).forwarder(definition.resilience),
        });
      }),
    );
  }
}

/** Finds what policies need, with a verifier that knows the further issuers too. */
function withVerifiers({ resolve, auth }: RouteSnapshotDependencies, issuers: RouteSet['issuers']): Resolve {
  const others = Object.fromEntries(Object.entries(issuers).map(([name, { jwksUri, ...options }]) => [name, { ...options, ...(jwksUri !== '' && { jwksUri }) }]));
  const verifiers = new TokenVerifiers(auth, others, verifierDependencies(resolve(HttpServiceLoader)));
  return ((token: unknown) => (token === TokenVerifier ? verifiers : resolve(token as never))) as Resolve;
}
