import { accessOf } from './access.js';
import { cacheOf } from './cache.js';
import { requestId } from './header-transforms.js';
import type { ImportContext } from './import-context.js';
import { compact, type JsonObject } from './json.js';
import { rateLimitOf } from './rate-limit.js';
import { reportUnknown, reportWithoutCounterpart } from './report-rest.js';
import { resilienceOf } from './resilience.js';
import type { Section } from './section.js';
import { discoveredService, type ServiceOfRoute } from './service-of.js';
import { webSockets } from './static-route.js';
import { slug } from './slug.js';

/** A route by its wanted name. */
export type NamedRoute = readonly [name: string, route: JsonObject];

/** Ocelot's dynamic mode: the first segment of the path names the service, or `namespace.service`; the rest is the service's path. */
export function dynamicRoutes(listed: readonly Section[], context: ImportContext): NamedRoute[] {
  const seen = new Set<string>();
  const own = listed.map((route): NamedRoute => {
    reportUnknown(route, 'dynamicRoute', context.findings);
    reportWithoutCounterpart(route, context.findings);
    const name = route.text('ServiceName') ?? '';
    const namespace = route.text('ServiceNamespace') ?? '';
    if (name === '') context.findings.fault(route.pathOf('ServiceName'), 'no-service-name', 'a dynamic route has to name its service');
    seen.add(name);
    return dynamicRoute(name, namespace, route, context);
  });
  const coded = Object.keys(context.options.services ?? {}).filter((name) => !seen.has(name));
  const others = coded.map((name) => dynamicRoute(name, '', undefined, context));
  return [...own, ...others, ...(context.options.services ? [] : [anyService(context)])];
}

function dynamicRoute(name: string, namespace: string, route: Section | undefined, context: ImportContext): NamedRoute {
  const segment = namespace === '' ? name : `${namespace}.${name}`;
  const service = discoveredService(name, namespace, route, context);
  return [slug(segment, 'service'), compact({ ...routeTo(`/${segment}/{rest*}`, service), ...behaviour(route, context) })];
}

/** Every other service that the registry has. */
function anyService(context: ImportContext): NamedRoute {
  const path = 'GlobalConfiguration.ServiceDiscoveryProvider';
  context.findings.note('changed', path, 'every service of the registry is open to clients, as with Ocelot; better name those that are to be, and delete the route any-service');
  const service = discoveredService('{service}', '', undefined, context);
  return ['any-service', compact({ ...routeTo('/{service}/{rest*}', service), ...behaviour(undefined, context) })];
}

function routeTo(path: string, { name, member, pathPrefix, webSocket }: ServiceOfRoute): JsonObject {
  return { ...webSockets({ webSocket }), match: { path, caseSensitive: true }, to: compact({ service: name, member, path: `${pathPrefix}/{rest}`, query: 'keep', omit: 'used', trailingSlash: 'request', credentials: 'pass', serviceAddresses: 'keep' }) };
}

function behaviour(route: Section | undefined, context: ImportContext): JsonObject {
  const { timeoutMs, resilience } = resilienceOf(route, context);
  const request = requestId(route, context);
  return {
    access: accessOf(route, [], context),
    rateLimit: rateLimitOf(route, context, route?.section('RateLimitOptions') ? 'RateLimitOptions' : 'RateLimitRule'),
    cache: cacheOf(route, [], context),
    headers: request.length > 0 ? { request } : undefined,
    timeoutMs,
    resilience,
  };
}
