import type { RegisteredService } from '../vectors/vector.js';
import type { RegistryAnswer, RegistrySpec } from './registry.js';

const resourceVersion = '7';

/** The endpoints API of Kubernetes: one object by its name, the list of a namespace, and a watch that brings nothing. */
export function kubernetesAnswer(url: URL, { namespace = 'default', services }: RegistrySpec): RegistryAnswer {
  const [, wanted, name] = /^\/api\/v1\/namespaces\/([^/]+)\/endpoints(?:\/([^/]+))?$/.exec(url.pathname) ?? [];
  if (wanted !== namespace) return undefined;
  if (/^(?:1|true)$/.test(url.searchParams.get('watch') ?? '')) return { held: 'body' };
  if (name !== undefined) return Object.hasOwn(services, name) ? { json: endpoints(name, namespace, services[name] as RegisteredService) } : undefined;
  const items = Object.entries(services).map(([service, spec]) => endpoints(service, namespace, spec));
  return { json: { kind: 'EndpointsList', apiVersion: 'v1', metadata: { resourceVersion }, items } };
}

function endpoints(name: string, namespace: string, service: RegisteredService): unknown {
  const { addresses, ports } = 'ports' in service ? service : { addresses: ['127.0.0.1'], ports: service.map((port) => ({ name: 'http', port })) };
  return {
    kind: 'Endpoints',
    apiVersion: 'v1',
    metadata: { name, namespace, resourceVersion },
    subsets: [{ addresses: addresses.map((ip) => ({ ip })), ports: ports.map((port) => ({ name: port.name, port: Number(port.port), protocol: 'TCP' })) }],
  };
}
