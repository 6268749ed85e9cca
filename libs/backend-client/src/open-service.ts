import { readFile } from 'node:fs/promises';
import { balancerByName, instanceSource, InstanceSetOptions } from '@portico/discovery';
import { credentialOf, ServiceRuntime, type RuntimeDependencies } from './service-runtime.js';
import type { ServiceEntry } from './service-entry.config.js';

/**
 * Opens a service as a file declares it; waits for the first answer of its registry no longer than the registry's options say.
 * @throws Error when the entry names no instances or two places that know them, or its file of authorities cannot be read
 */
export async function openService(name: string, entry: ServiceEntry, deps: RuntimeDependencies, onError: (error: Error) => void): Promise<ServiceRuntime> {
  const { instances, discovery, balancer, health, ejection, slowStartMs, panicPercent, protocol, tls, token } = entry;
  const ca = tls.caFile === '' ? undefined : await readFile(tls.caFile, 'utf8');
  const source = await instanceSource({ instances, discovery }, { service: name, clock: deps.clock, random: deps.random, onError });
  const options = new InstanceSetOptions({ ejection, health, slowStartMs, panicPercent });
  const pools = { http2: protocol === 'http2-only' ? ('only' as const) : protocol === 'http2', tls: { rejectUnauthorized: tls.verify, ...(ca !== undefined && { ca }) } };
  return new ServiceRuntime(name, entry, { source, balancer: balancerByName(balancer, deps), options, pools, credential: credentialOf(token, deps) }, deps);
}
