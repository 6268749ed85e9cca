import { resolve } from 'node:path';
import { ConfigurationError, type ConfigurationFault } from '@portico/config';
import { ForwardingRules, matchValuesKey, Placeholders, placeholdersKey, policiesKey, PolicyScopes, type PolicyRegistry, type PolicySections } from '@portico/policies';
import { CompiledRoute, duplicateRoutes, RouteTarget } from '@portico/routing';
import type { RouteDefinition, RouteSet } from '../route-definition.js';
import { aggregateSet } from './aggregate-set.js';
import { boundNames } from './bound-names.js';
import { collecting } from './collecting.js';
import { conditionsOf } from './conditions-of.js';
import { declaredSections } from './declared-sections.js';
import type { GatewayFile, PolicyLists, RouteConfig } from './gateway-file.js';
import { memberFaults } from './member-faults.js';
import { resilienceSettings } from './route-resilience.config.js';
import { webSocketFaults } from './web-socket-faults.js';

export interface RouteSetDependencies {
  readonly registry: PolicyRegistry;
  /** Names of the services that the gateway knows. */
  readonly services: readonly string[];
  /** Folder at which relative paths in the file begin; the current one by default. */
  readonly folder?: string;
  /** Names of the aggregators that it knows. */
  readonly aggregators?: readonly string[];
}

type NamedRoute = RouteConfig & { readonly policies?: PolicyLists };

/**
 * What a file says as routes and aggregates that can be compiled.
 * @throws ConfigurationError listing every fault that shows only when all of it is seen: services and placeholders that are not there, routes that are never reached,
 * policies that cannot be
 */
export function routeSet(file: GatewayFile, { registry, services, folder = '', aggregators = [] }: RouteSetDependencies): RouteSet {
  const faults: ConfigurationFault[] = [];
  const scopes = collecting(faults, () => new PolicyScopes(registry, file.policies && { path: 'policies', sections: sectionsOf(file.policies) }));
  const { settings } = file;
  const rules = (reserved: readonly string[]): ForwardingRules => new ForwardingRules({ xForwarded: settings.xForwarded, forwarded: settings.forwarded, reserved });
  const forwarding = { pass: rules(settings.reservedHeaders), drop: rules([...settings.reservedHeaders, 'authorization', 'cookie', 'dpop']) };
  const compiled: CompiledRoute<string>[] = [];
  const known = [...services, ...Object.keys(file.services)];
  for (const name of Object.keys(file.services)) if (services.includes(name)) faults.push({ path: `services.${name}`, message: "is a service of the gateway's own configuration already" });
  const placeholders = new Placeholders(settings.baseUrl === '' ? {} : { baseUrl: settings.baseUrl });
  const routes = Object.entries(file.routes).flatMap(([name, route]): RouteDefinition[] => {
    const path = `routes.${name}`;
    const definition = definitionOf(name, withPaths(route, folder), file, forwarding);
    const matched = collecting(faults, () => new CompiledRoute(definition.conditions, path), `${path}.match`);
    const target = collecting(faults, () => new RouteTarget(definition.to), `${path}.to.path`);
    if (matched) compiled.push(matched);
    if (matched && target) faults.push(...missingPlaceholders([...boundNames(matched), ...Object.keys(route.claims?.toPath ?? {})], target, path));
    if (!known.includes(route.to.service)) faults.push({ path: `${path}.to.service`, message: `there is no service called ${route.to.service}; known are ${known.join(', ')}` });
    faults.push(...webSocketFaults(route, path));
    faults.push(...memberFaults(name, file, matched ? boundNames(matched) : undefined));
    const policies = scopes && collecting(faults, () => scopes.forRoute(route.policies && { path: `${path}.policies`, sections: sectionsOf(route.policies) }));
    return policies ? [{ ...definition, declared: new Map([...definition.declared, [policiesKey, policies], [placeholdersKey, placeholders], [matchValuesKey, matched ? boundNames(matched) : []]]) }] : [];
  });
  const { aggregates, matches } = aggregateSet({ file, routes, aggregators, scopes, placeholders, forwarding, faults });
  for (const [first, second] of duplicateRoutes([...compiled, ...matches])) faults.push({ path: `${second}.match`, message: `is never reached: ${first} takes the same requests` });
  if (faults.length > 0) throw new ConfigurationError(faults);
  const { wrongMethodStatus, timeoutStatus, unreachableStatus } = settings;
  return { routes, aggregates, operations: scopes && { policies: scopes, placeholders }, issuers: file.issuers, services: file.services, settings: { wrongMethodStatus, timeoutStatus, unreachableStatus } };
}

function definitionOf(name: string, route: NamedRoute, { settings }: GatewayFile, forwarding: Readonly<Record<'pass' | 'drop', ForwardingRules>>): RouteDefinition {
  const { match, to } = route;
  return {
    name,
    conditions: conditionsOf(match),
    to: { ...to, path: to.path ?? match.path.replace('*}', '}'), publicAddress: to.serviceAddresses === 'rewrite' ? settings.baseUrl : undefined },
    websocket: route.websocket,
    origins: route.origins,
    declared: declaredSections(route),
    timeoutMs: route.timeoutMs,
    idleTimeoutMs: settings.idleTimeoutMs,
    maxBodyBytes: settings.maxBodyBytes,
    forwarding: forwarding[to.credentials],
    resilience: route.resilience && resilienceSettings(route.resilience),
  };
}

/** The route with its relative paths made absolute. */
function withPaths(route: NamedRoute, folder: string): NamedRoute {
  const { graphql } = route;
  if (!graphql || graphql.persisted === '') return route;
  return { ...route, graphql: { ...graphql, persisted: resolve(folder, graphql.persisted) } };
}

function missingPlaceholders(known: readonly string[], target: RouteTarget, path: string): ConfigurationFault[] {
  return [...target.placeholders].filter((name) => !known.includes(name)).map((name) => ({ path: `${path}.to.path`, message: `{${name}} is no placeholder of the match` }));
}

function sectionsOf({ inbound, backend, outbound, onError }: PolicyLists): PolicySections {
  return { inbound, backend, outbound, onError };
}
