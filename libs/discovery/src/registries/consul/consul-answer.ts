import type { Instance } from '../../instance.js';
import { listOf, objectOf, textOf, type JsonObject } from '../json-value.js';
import { registeredInstance } from '../registered-instance.js';
import type { ConsulOptions } from './consul.config.js';

type Health = 'passing' | 'warning' | 'critical' | 'maintenance';

/**
 * The instances in an answer of `/v1/health/service` that are to be used. Critical ones are left out, unless all are that: so many can hardly be down, more likely the agent has just come back and not checked them yet.
 * What somebody has put into maintenance is never used.
 * @throws Error when it is no list
 */
export function consulInstances(answer: unknown, options: ConsulOptions, report: (error: Error) => void): Instance[] {
  if (!Array.isArray(answer)) throw new Error('its answer is no list of instances');
  const entries = answer.map(objectOf).map((entry) => ({ entry, health: healthOf(entry) })).filter(({ health }) => health !== 'maintenance');
  const fit = entries.filter(({ health }) => health !== 'critical');
  return (fit.length > 0 ? fit : entries).flatMap(({ entry, health }) => {
    if (health === 'warning' && options.passingOnly) return [];
    const service = objectOf(entry.Service);
    const weight = objectOf(service.Weights)[health === 'warning' ? 'Warning' : 'Passing'];
    // So says Consul that an instance with a warning gets nothing.
    if (health === 'warning' && weight === 0) return [];
    const instance = registeredInstance({ scheme: options.scheme as 'http' | 'https', host: hostOf(entry, service, options.address), port: service.Port, weight }, report);
    return instance ? [instance] : [];
  });
}

function hostOf(entry: JsonObject, service: JsonObject, address: string): unknown {
  const node = objectOf(entry.Node);
  if (address === 'node-name') return node.Node;
  return (address === 'service' && textOf(service.Address)) || node.Address;
}

// The worst of the checks of the service and of its node. Maintenance is a critical check with a name of Consul's own.
function healthOf(entry: JsonObject): Health {
  const checks = listOf(entry.Checks).map(objectOf);
  if (checks.some(({ CheckID }) => /^_(?:service|node)_maintenance/.test(textOf(CheckID)))) return 'maintenance';
  const states = checks.map(({ Status }) => textOf(Status));
  if (states.some((state) => state !== 'passing' && state !== 'warning')) return 'critical';
  return states.includes('warning') ? 'warning' : 'passing';
}
