import type { ImportContext } from './import-context.js';
import { compact, type JsonObject } from './json.js';
import type { Section } from './section.js';

/** A service as Ocelot's discovery names it. */
export interface WantedService {
  readonly name: string;
  readonly namespace: string;
  /** Scheme of its instances. */
  readonly scheme: 'http' | 'https';
  /** Where it is named. */
  readonly path: string;
}

/** Where the instances of a service come from, and what is put before every path. */
export interface DiscoveredService {
  readonly source: JsonObject;
  readonly pathPrefix: string;
}

const nothing: DiscoveredService = { source: {}, pathPrefix: '' };
const fabricService = /^[A-Za-z0-9][A-Za-z0-9._~-]*(?:\/[A-Za-z0-9][A-Za-z0-9._~-]*)+$/;

/** Finds out how the provider of the configuration is asked for `service`. */
export function discover(service: WantedService, context: ImportContext): DiscoveredService {
  const provider = context.global.section('ServiceDiscoveryProvider');
  const coded = Object.hasOwn(context.options.services ?? {}, service.name) ? context.options.services?.[service.name] : undefined;
  if (coded) return { source: { instances: [...coded] }, pathPrefix: '' };
  const type = provider?.text('Type') ?? '';
  // One whose name is in the request is named by the route.
  const name = /[{}]/.test(service.name) ? undefined : service.name;
  const url = addressOf(provider);
  switch (type.toLowerCase()) {
    case '':
    case 'consul':
    case 'pollconsul':
      return discovery({ consul: compact({ url: url ?? 'http://localhost:8500', service: name, address: 'node-name', scheme: service.scheme, token: provider?.text('Token') || undefined }) });
    case 'eureka':
      return discovery({ eureka: compact({ urls: [eurekaUrl(provider, url, context)], app: name, securePort: service.scheme === 'https' ? 'require' : 'never' }) });
    case 'kube':
    case 'pollkube':
    case 'watchkube':
      return discovery({ kubernetes: kubernetes(service, name, provider, url, context) });
    case 'servicefabric':
      return fabric(service, url ?? 'http://localhost:19081');
    default:
      context.findings.fault(provider?.pathOf('Type') ?? service.path, 'unknown-service-discovery-provider', `${type} is code; name the instances of ${service.name} that it finds`);
      return nothing;
  }
}

function discovery(provider: JsonObject): DiscoveredService {
  return { source: { discovery: provider }, pathPrefix: '' };
}

function addressOf(provider: Section | undefined): string | undefined {
  const host = provider?.text('Host') || undefined;
  if (host === undefined) return undefined;
  const port = provider?.number('Port');
  return `${provider?.text('Scheme') || 'http'}://${host}${port ? `:${port}` : ''}`;
}

function eurekaUrl(provider: Section | undefined, url: string | undefined, { options, findings }: ImportContext): string {
  if (options.eureka === undefined && url === undefined) findings.note('code', provider?.pathOf('Type') ?? '', 'Ocelot reads the address of Eureka from other settings; http://localhost:8761/eureka is assumed');
  return options.eureka ?? `${url ?? 'http://localhost:8761'}/eureka`;
}

function kubernetes(service: WantedService, name: string | undefined, provider: Section | undefined, url: string | undefined, { findings }: ImportContext): JsonObject {
  if (provider?.text('Token')) findings.note('dropped', provider.pathOf('Token'), 'the token is read from a file, for it is exchanged from time to time: name it as tokenFile');
  return compact({
    // Ocelot takes the port that is named like the scheme, else the first; so does Portico.
    namespace: service.namespace || provider?.text('Namespace') || 'default',
    service: name,
    scheme: service.scheme,
    // In a pod the address is left out, and the files are those of its service account.
    ...(url !== undefined && { url, tokenFile: '', caFile: '' }),
  });
}

/** The proxy finds the instances by the service's name in the path. A name with placeholders is written into the path of the route. */
function fabric({ name }: WantedService, url: string): DiscoveredService {
  return fabricService.test(name) ? discovery({ 'service-fabric': { url, service: name } }) : { source: { instances: [url] }, pathPrefix: `/${name}` };
}

/** Reports what of the provider's settings is not needed here. */
export function reportProvider({ global, findings }: ImportContext): void {
  const provider = global.section('ServiceDiscoveryProvider');
  if (!provider) return;
  if (provider.has('PollingInterval')) findings.note('dropped', provider.pathOf('PollingInterval'), 'changes are waited for rather than polled');
  if (provider.text('ConfigurationKey')) findings.note('dropped', provider.pathOf('ConfigurationKey'), 'the configuration is read from files');
}
