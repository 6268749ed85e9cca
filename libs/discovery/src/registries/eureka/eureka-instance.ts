import type { Instance } from '../../instance.js';
import { objectOf, type JsonObject } from '../json-value.js';
import { registeredInstance } from '../registered-instance.js';
import type { EurekaOptions } from './eureka.config.js';

const isEnabled = (port: unknown): boolean => String(objectOf(port)['@enabled']) === 'true';

/** The instance that Eureka describes; undefined when it is not up or has no port that may be used. Its metadata may give it a `weight`. */
export function eurekaInstance(entry: JsonObject, options: EurekaOptions, report: (error: Error) => void): Instance | undefined {
  if (entry.status !== 'UP') return undefined;
  const secure = options.securePort !== 'never' && isEnabled(entry.securePort);
  if (!secure && (options.securePort === 'require' || !isEnabled(entry.port))) return undefined;
  return registeredInstance(
    {
      scheme: secure ? 'https' : 'http',
      host: options.address === 'ip' ? entry.ipAddr : entry.hostName,
      port: objectOf(secure ? entry.securePort : entry.port).$,
      weight: objectOf(entry.metadata).weight,
    },
    report,
  );
}
