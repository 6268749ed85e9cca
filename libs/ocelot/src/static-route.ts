import { accessOf } from './access.js';
import { addressesOf } from './addresses.js';
import { cacheOf } from './cache.js';
import { claimsOf } from './claims.js';
import { placeholderNames, readClientTemplate, servicePath, targetRules } from './client-template.js';
import { headersOf } from './header-transforms.js';
import type { ImportContext } from './import-context.js';
import { compact, type JsonObject } from './json.js';
import { headerPlaceholders, matchOf } from './match.js';
import { names } from './names.js';
import { rateLimitOf } from './rate-limit.js';
import { reportWithoutCounterpart } from './report-rest.js';
import { resilienceOf } from './resilience.js';
import type { Section } from './section.js';
import { serviceOf, type ServiceOfRoute } from './service-of.js';
import { policyName } from './slug.js';

/** A static route, as a route of the file. */
export function staticRoute(route: Section, priority: number, context: ImportContext): JsonObject {
  const client = readClientTemplate(route.text(names.clientPath) ?? '');
  const methods = (route.texts(names.clientMethod) ?? []).map((method) => method.trim().toUpperCase());
  const template = route.text(names.servicePath) ?? '';
  const path = servicePath(template, client);
  const service = serviceOf(route, context);
  reportWithoutCounterpart(route, context.findings);
  const { timeoutMs, resilience } = resilienceOf(route, context);
  const access = accessOf(route, methods, context);
  const cache = cacheOf(route, methods, context);
  const imported = compact({
    match: matchOf(route, client, methods, priority, context.findings),
    to: compact({
      service: service.name,
      member: service.member,
      path: `${service.pathPrefix}${path}`,
      method: route.text(names.serviceMethod)?.toUpperCase() || undefined,
      credentials: 'pass',
      serviceAddresses: 'keep',
      ...targetRules(template, path, client, headerPlaceholders(route)),
    }),
    ...webSockets(service),
    access,
    addresses: addressesOf(route, context),
    claims: claimsOf(route, placeholderNames(template), context),
    rateLimit: rateLimitOf(route, context),
    cache: service.webSocket ? undefined : cache,
    headers: headersOf(route, context),
    timeoutMs,
    resilience,
    policies: handlersOf(route, context),
  });
  if (service.webSocket) reportWebSocket(route, imported, context);
  if (service.webSocket && cache) context.findings.note('dropped', route.path, 'CacheOptions: a WebSocket has no answer that could be kept');
  return imported;
}

/** Ocelot asks no page where it comes from. */
export function webSockets({ webSocket }: Pick<ServiceOfRoute, 'webSocket'>): JsonObject {
  return webSocket ? { websocket: true, origins: ['*'] } : {};
}

/** Delegating handlers are policies around the call: the global ones first, then those of the route, in its order. */
function handlersOf(route: Section, { findings }: ImportContext): JsonObject | undefined {
  const handlers = route.texts('DelegatingHandlers') ?? [];
  for (const handler of handlers) findings.note('code', route.pathOf('DelegatingHandlers'), `${handler} is code: write it as a policy called ${policyName(handler)}`);
  return handlers.length > 0 ? { backend: ['base', ...handlers.map((handler) => ({ [policyName(handler)]: {} }))] } : undefined;
}

function reportWebSocket(route: Section, { access, rateLimit, claims, headers }: JsonObject, { findings }: ImportContext): void {
  const applied = [(access as JsonObject).anonymous !== true, rateLimit, claims, headers].some(Boolean);
  if (applied) findings.note('changed', route.path, 'Ocelot leaves identity, limits, claims and headers out for WebSockets; here an upgrade passes the same policies as any request');
}
