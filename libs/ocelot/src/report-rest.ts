import type { Findings } from './findings.js';
import { names } from './names.js';
import type { Section } from './section.js';

const shared = [names.serviceHttpVersion, names.serviceHttpVersionPolicy, names.serviceScheme, 'Metadata', 'Timeout', 'AuthenticationOptions', 'CacheOptions', 'HttpHandlerOptions', 'LoadBalancerOptions', 'QoSOptions', 'RateLimitOptions'];
const client = [names.clientPath, names.clientMethod, names.clientHost, names.clientHeaders, 'RouteIsCaseSensitive', 'Priority'];
const transforms = [names.requestHeaderTransform, names.responseHeaderTransform, 'RequestIdKey', 'SecurityOptions'];

/** The keys that Ocelot knows, by the kind of object. */
const keys = {
  file: ['Routes', 'DynamicRoutes', 'Aggregates', 'GlobalConfiguration'],
  route: [
    ...shared, ...client, ...transforms, 'Key', 'ServiceName', 'ServiceNamespace', 'DangerousAcceptAnyServerCertificateValidator', 'RouteClaimsRequirement', 'AddClaimsToRequest', 'AddHeadersToRequest',
    'AddQueriesToRequest', 'FileCacheOptions', 'DelegatingHandlers', names.serviceHosts, names.servicePath, names.serviceMethod, names.changeServicePath,
  ],
  dynamicRoute: [...shared, 'Key', 'ServiceName', 'ServiceNamespace', 'RateLimitRule'],
  aggregate: [...client, 'RouteKeys', 'RouteKeysConfig', 'Aggregator'],
  global: [...shared, ...transforms, 'BaseUrl', 'ServiceDiscoveryProvider', 'MetadataOptions'],
} as const;

/** Reports the keys of an object that Ocelot does not know either; nothing is done with them. */
export function reportUnknown(section: Section, kind: keyof typeof keys, findings: Findings): void {
  const known = new Set(keys[kind].map((key) => key.toLowerCase()));
  for (const key of section.keys) if (!known.has(key.toLowerCase())) findings.note('dropped', section.pathOf(key), 'no key of Ocelot is called that');
}

/** Reports what of the options of a route, or of the global ones, nothing stands for. */
export function reportWithoutCounterpart(section: Section, findings: Findings): void {
  const drop = (at: Section, name: string, reason: string): void => findings.note('dropped', at.pathOf(name), reason);
  if (section.has('Metadata')) drop(section, 'Metadata', 'it is for code of the host; give it to a policy as its options');
  if (section.has('MetadataOptions')) drop(section, 'MetadataOptions', 'there is no metadata');
  const handler = section.section('HttpHandlerOptions');
  if (!handler) return;
  if (handler.flag('AllowAutoRedirect')) drop(handler, 'AllowAutoRedirect', "redirects go to the client: followed here, they could lead past the client's and the gateway's rules");
  if (handler.flag('UseCookieContainer')) drop(handler, 'UseCookieContainer', 'one container for all clients would hand the cookies of one to the others; cookies pass unchanged');
  if (handler.flag('UseProxy')) drop(handler, 'UseProxy', 'services are called directly');
  if (handler.flag('UseTracing')) drop(handler, 'UseTracing', 'trace context is always passed on');
  if (handler.has('PooledConnectionLifetimeSeconds')) drop(handler, 'PooledConnectionLifetimeSeconds', 'connections live as long as both sides keep them');
}
