import type { Instance } from '../../instance.js';
import { listOf, objectOf, textOf, type JsonObject } from '../json-value.js';
import { registeredInstance } from '../registered-instance.js';
import type { KubernetesOptions } from './kubernetes.config.js';

/** The ready addresses of an Endpoints object, each with the wanted port. Subsets without that port are reported. */
export function endpointsInstances(endpoints: JsonObject, { port: name, scheme }: KubernetesOptions, report: (error: Error) => void): Instance[] {
  return listOf(endpoints.subsets).flatMap((value) => {
    const subset = objectOf(value);
    const addresses = listOf(subset.addresses);
    if (addresses.length === 0) return [];
    const port = portOf(listOf(subset.ports).map(objectOf), name, scheme);
    if (!port) {
      report(new Error(`${addresses.length} addresses were left out: they have no TCP port${name === '' ? '' : ` with the name ${name}`}`));
      return [];
    }
    return addresses.flatMap((address) => registeredInstance({ scheme: scheme as 'http' | 'https', host: objectOf(address).ip, port: port.port }, report) ?? []);
  });
}

function portOf(ports: readonly JsonObject[], name: string, scheme: string): JsonObject | undefined {
  const tcp = ports.filter(({ protocol }) => (textOf(protocol) || 'TCP') === 'TCP');
  const named = (wanted: string): JsonObject | undefined => tcp.find((port) => port.name === wanted);
  return name === '' ? (named(scheme) ?? tcp[0]) : named(name);
}
