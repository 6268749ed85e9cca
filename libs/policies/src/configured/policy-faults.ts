import type { ConfigurationError, ConfigurationFault } from '@portico/config';

/** The faults of a policy's options, with the path to where the policy is configured. */
export function policyFaults(path: string, { faults }: ConfigurationError): ConfigurationFault[] {
  return faults.map((fault) => ({ path: fault.path === '' ? path : `${path}.${fault.path}`, message: fault.message }));
}
