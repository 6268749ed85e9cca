import type { Instance } from '../../instance.js';
import { listOf, objectOf, textOf, type JsonObject } from '../json-value.js';
import { registeredInstance } from '../registered-instance.js';
import type { ConsulOptions } from './consul.config.js';

type Health = 'passing' | 'warning' | 'critical';

/**
 * The instances in an answer of `/v1/health/service`.
 * @throws Error when it is no list
 */
export function consulInstances(answer: unknown, options: ConsulOptions, report: (error: Error) => void): Instance[] {
  if (!Array.isArray(answer)) throw new Error('its answer is no list of instances');
  return answer.flatMap((item) => {
    const entry = objectOf(item);
    const health = healthOf(entry);
    if (health === 'critical' || (health === 'warning' && options.passingOnly)) return [];
    const service = objectOf(entry.Service);
    const weight = objectOf(service.Weights)[health === 'passing' ? 'Passing' : 'Warning'];
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

// The worst of the checks of the service and of its node.
function healthOf(entry: JsonObject): Health {
  const states = listOf(entry.Checks).map((check) => textOf(objectOf(check).Status));
  if (states.some((state) => state !== 'passing' && state !== 'warning')) return 'critical';
  return states.includes('warning') ? 'warning' : 'passing';
}
