import { accessDeclarations } from '@portico/auth';
import { ConfigurationError, isConfigurationError, type ConfigurationFault } from '@portico/config';
import { ForwardingRules, matchValuesKey, Placeholders, placeholdersKey, policiesKey, PolicyScopes, type PolicyRegistry, type PolicySections } from '@portico/policies';
import { CompiledRoute, duplicateRoutes, RouteTarget } from '@portico/routing';
import type { RouteDefinition, RouteSet } from '../route-definition.js';
import type { GatewayFile, PolicyLists, RouteConfig } from './gateway-file.js';
import { resilienceSettings } from './route-resilience.config.js';

export interface RouteSetDependencies {
  readonly registry: PolicyRegistry;
  /** Names of the services that the gateway knows. */
  readonly services: readonly string[];
}

type NamedRoute = RouteConfig & { readonly policies?: PolicyLists };

/**
 * What a file says as routes that can be compiled.
 * @throws ConfigurationError listing every fault that shows only when all of it is seen: services and placeholders that are not there, routes that are never reached,
 * policies that cannot be
 */
export function routeSet(file: GatewayFile, { registry, services }: RouteSetDependencies): RouteSet {
  const faults: ConfigurationFault[] = [];
  const scopes = collecting(faults, () => new PolicyScopes(registry, file.policies && { path: 'policies', sections: sectionsOf(file.policies) }));
  const { settings } = file;
  const forwarding = new ForwardingRules({ xForwarded: settings.xForwarded, forwarded: settings.forwarded, reserved: settings.reservedHeaders });
  const compiled: CompiledRoute<string>[] = [];
  const known = [...services, ...Object.keys(file.services)];
  for (const name of Object.keys(file.services)) if (services.includes(name)) faults.push({ path: `services.${name}`, message: "is a service of the gateway's own configuration already" });
  const placeholders = new Placeholders(settings.baseUrl === '' ? {} : { baseUrl: settings.baseUrl });
  const routes = Object.entries(file.routes).flatMap(([name, route]): RouteDefinition[] => {
    const path = `routes.${name}`;
    const definition = definitionOf(name, route, file, forwarding);
    const matched = collecting(faults, () => new CompiledRoute(definition.conditions, name), `${path}.match`);
    const target = collecting(faults, () => new RouteTarget(definition.to), `${path}.to.path`);
    if (matched) compiled.push(matched);
    if (matched && target) faults.push(...missingPlaceholders(matched, target, path));
    if (!known.includes(route.to.service)) faults.push({ path: `${path}.to.service`, message: `there is no service called ${route.to.service}; known are ${known.join(', ')}` });
    const policies = scopes && collecting(faults, () => scopes.forRoute(route.policies && { path: `${path}.policies`, sections: sectionsOf(route.policies) }));
    return policies ? [{ ...definition, declared: new Map([...definition.declared, [policiesKey, policies], [placeholdersKey, placeholders], [matchValuesKey, matched ? boundNames(matched) : []]]) }] : [];
  });
  for (const [first, second] of duplicateRoutes(compiled)) faults.push({ path: `routes.${second}.match`, message: `is never reached: routes.${first} takes the same requests` });
  if (faults.length > 0) throw new ConfigurationError(faults);
  const { wrongMethodStatus, timeoutStatus, unreachableStatus } = settings;
  return { routes, issuers: file.issuers, services: file.services, settings: { wrongMethodStatus, timeoutStatus, unreachableStatus } };
}

function definitionOf(name: string, route: NamedRoute, { settings }: GatewayFile, forwarding: ForwardingRules): RouteDefinition {
  const { match, to } = route;
  const methods = match.methods.includes('GET') && !match.methods.includes('HEAD') ? [...match.methods, 'HEAD'] : match.methods;
  const headers = Object.fromEntries(Object.entries(match.headers).map(([field, template]) => [field.toLowerCase(), template]));
  return {
    name,
    conditions: { ...match, methods, headers },
    to: { ...to, path: to.path ?? match.path.replace('*}', '}') },
    declared: declaredBy(route),
    timeoutMs: route.timeoutMs,
    idleTimeoutMs: settings.idleTimeoutMs,
    maxBodyBytes: settings.maxBodyBytes,
    forwarding,
    resilience: route.resilience && resilienceSettings(route.resilience),
  };
}

/** The sections of a route by the keys under which policies look for them. */
function declaredBy({ access, addresses, claims, rateLimit, quota, cache, headers, graphql }: RouteConfig): ReadonlyMap<string, unknown> {
  const sections = { addresses, claims, 'rate-limit': rateLimit, quota, cache, headers, graphql };
  const given = Object.entries(sections).filter(([, section]) => section !== undefined);
  return new Map<string, unknown>([...accessDeclarations(access), ...given.map(([key, section]): [string, unknown] => [`portico:${key}`, section])]);
}

/** Names that the match binds: of its path, its header fields and its parameters. */
function boundNames({ template, conditions }: CompiledRoute<string>): string[] {
  const templates = [...Object.values(conditions.headers), ...Object.values(conditions.query)];
  return [...template.names, ...templates.flatMap((text) => [...text.matchAll(/\{([^{}*]+)\}/g)].map(([, name]) => name as string))];
}

function missingPlaceholders(route: CompiledRoute<string>, target: RouteTarget, path: string): ConfigurationFault[] {
  const known = new Set(boundNames(route));
  return [...target.placeholders].filter((name) => !known.has(name)).map((name) => ({ path: `${path}.to.path`, message: `{${name}} is no placeholder of the match` }));
}

function sectionsOf({ inbound, backend, outbound, onError }: PolicyLists): PolicySections {
  return { inbound, backend, outbound, onError };
}

/** What `make` makes; undefined, and its faults noted, where it cannot. */
function collecting<T>(faults: ConfigurationFault[], make: () => T, path = ''): T | undefined {
  try {
    return make();
  } catch (error) {
    if (isConfigurationError(error)) faults.push(...error.faults);
    else if (error instanceof TypeError) faults.push({ path, message: error.message });
    else throw error;
    return undefined;
  }
}
