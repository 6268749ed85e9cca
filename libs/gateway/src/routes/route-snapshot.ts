import { assertApiKeyChecked, TokenVerifier, TokenVerifiers } from '@portico/auth';
import type { Resolve } from '@portico/core';
import { CompiledRoute, RouteTable, RouteTarget } from '@portico/routing';
import type { AuthConfig } from '../gateway.config.js';
import { HttpServiceLoader } from '../http-service-loader.js';
import { SharedState } from '../identity/shared-state.js';
import { verifierDependencies } from '../verifier-dependencies.js';
import { compileAggregate, type AggregateDependencies } from './aggregates/compile-aggregate.js';
import { configuredEndpoint } from './configured-endpoint.js';
import type { RouteBinding } from './route-binding.js';
import type { RouteDefinition, RouteSet, RouteSettings } from './route-definition.js';
import type { TableBinding } from './table-binding.js';
import type { ForwardingService } from './route-services.js';

export interface RouteSnapshotDependencies extends AggregateDependencies {
  /** The gateway's own issuer. */
  readonly auth: AuthConfig;
  /** The runtime of a service by its name. */
  readonly service: (name: string) => ForwardingService;
}

/** Every configured route and aggregate, compiled. Never changes: a reload makes another one. */
export class RouteSnapshot {
  readonly table: RouteTable<TableBinding>;
  readonly settings: RouteSettings;

  /** @throws TypeError or RangeError for what cannot be compiled: what a file says has been validated before */
  constructor({ routes, aggregates = [], settings, issuers }: RouteSet, deps: RouteSnapshotDependencies) {
    this.settings = settings;
    const resolve = Object.keys(issuers).length > 0 ? withVerifiers(deps, issuers) : deps.resolve;
    const bindings = new Map(routes.map((definition): [string, RouteBinding] => [definition.name, compileRoute(definition, { ...deps, resolve })]));
    const joined = aggregates.map((definition) => compileAggregate(definition, bindings, { ...deps, resolve }));
    this.table = new RouteTable([...bindings.values(), ...joined].map((binding) => new CompiledRoute<TableBinding>(binding.definition.conditions, binding)));
  }
}

function compileRoute(definition: RouteDefinition, { pipeline, resolve, service, defaultDeadlineMs }: RouteSnapshotDependencies): RouteBinding {
  const endpoint = configuredEndpoint(definition);
  const compiled = pipeline.compile(endpoint, resolve);
  assertApiKeyChecked(endpoint, compiled.policies);
  return {
    kind: 'route',
    definition,
    endpoint,
    pipeline: compiled,
    deadlineMs: definition.timeoutMs ?? defaultDeadlineMs,
    writer: undefined,
    target: new RouteTarget(definition.to),
    forwarder: service(definition.to.service).forwarder(definition.resilience, definition.to.member),
  };
}

/** Finds what policies need, with a verifier that knows the further issuers too. */
function withVerifiers({ resolve, auth }: RouteSnapshotDependencies, issuers: RouteSet['issuers']): Resolve {
  const others = Object.fromEntries(Object.entries(issuers).map(([name, { jwksUri, ...options }]) => [name, { ...options, ...(jwksUri !== '' && { jwksUri }) }]));
  const verifiers = new TokenVerifiers(auth, others, { ...verifierDependencies(resolve(HttpServiceLoader)), revocations: resolve(SharedState).revocations });
  return ((token: unknown) => (token === TokenVerifier ? verifiers : resolve(token as never))) as Resolve;
}
