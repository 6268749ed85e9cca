import { balancerOf } from './balancer.js';
import { discover } from './discovery.js';
import { protocolOf } from './http-version.js';
import type { ImportContext } from './import-context.js';
import { compact, type JsonObject } from './json.js';
import { names, sides } from './names.js';
import { optionsFor } from './scoped-section.js';
import type { Section } from './section.js';
import { slug } from './slug.js';

/** The service of a route, entered into the book: its name, and what is put before every path. */
export interface ServiceOfRoute {
  readonly name: string;
  readonly pathPrefix: string;
  /** Its name in the registry, where the request decides on it. */
  readonly member?: string | undefined;
  /** Whether it is one of WebSockets. */
  readonly webSocket: boolean;
}

/** How the service of a discovered name is reached; `route` is undefined where only global options say how. */
export function discoveredService(name: string, namespace: string, route: Section | undefined, context: ImportContext): ServiceOfRoute {
  const { scheme, webSocket } = schemeOf(route, context);
  const path = route?.pathOf('ServiceName') ?? 'GlobalConfiguration.ServiceDiscoveryProvider';
  const { source, pathPrefix } = discover({ name, namespace, scheme, path }, context);
  const found = (source.instances as readonly string[] | undefined)?.length;
  return { name: context.services.nameOf(slug(name, 'service'), definition(source, found === 1, scheme, webSocket, route, context)), pathPrefix, webSocket, member: source.discovery && /[{}]/.test(name) ? name : undefined };
}

/** The service of a static route. */
export function serviceOf(route: Section, context: ImportContext): ServiceOfRoute {
  const serviceName = route.text('ServiceName');
  if (serviceName) return discoveredService(serviceName, route.text('ServiceNamespace') ?? '', route, context);
  const { scheme, webSocket } = schemeOf(route, context);
  const hosts = route.sections(names.serviceHosts);
  if (hosts.length === 0) context.findings.fault(route.pathOf(names.serviceHosts), noHost, 'neither instances nor the name of a service');
  const places = hosts.map((host) => {
    if (!host.text('Host')) context.findings.fault(host.pathOf('Host'), noHost, 'an instance needs a host');
    const port = host.number('Port');
    return `${host.text('Host') ?? ''}${port ? `:${port}` : ''}`;
  });
  const wanted = slug([...new Set(places)].slice(0, 2).join('-and-'), 'service');
  return { name: context.services.nameOf(wanted, definition({ instances: places.map((place) => `${scheme}://${place}`) }, places.length === 1, scheme, webSocket, route, context)), webSocket, pathPrefix: '' };
}

const noHost = `no-${sides.service}-host`;

function definition(source: JsonObject, single: boolean, scheme: 'http' | 'https', webSocket: boolean, route: Section | undefined, context: ImportContext): JsonObject {
  const tls = scheme === 'https';
  return compact({
    ...source,
    balancer: single ? { first: {} } : balancerOf(route, context),
    // Ocelot leaves no instance out.
    ejection: { maxEjectedPercent: 0 },
    protocol: webSocket ? undefined : protocolOf(route, tls, context),
    tls: tls && route?.flag('DangerousAcceptAnyServerCertificateValidator') ? { verify: false } : undefined,
    connections: connections(route, context),
  });
}

function connections(route: Section | undefined, { global, findings }: ImportContext): number | undefined {
  const max = optionsFor(route, global, 'HttpHandlerOptions').number('MaxConnectionsPerServer');
  if (!max || max.value > 10_000) return undefined;
  if (max.value < 1) findings.fault(max.path, 'bad-connections', 'must be at least 1');
  return max.value;
}

function schemeOf(route: Section | undefined, { global, findings }: ImportContext): { scheme: 'http' | 'https'; webSocket: boolean } {
  const written = (route?.text(names.serviceScheme) || global.text(names.serviceScheme) || 'http').toLowerCase();
  const webSocket = written.startsWith('ws');
  if (!['http', 'https', 'ws', 'wss'].includes(written)) findings.fault((route ?? global).pathOf(names.serviceScheme), 'unknown-scheme', `${written} is no scheme that is spoken`);
  return { scheme: written === 'https' || written === 'wss' ? 'https' : 'http', webSocket };
}
