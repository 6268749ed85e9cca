import type { Clock, Random } from '@portico/core';
import type { InstanceSource } from '../instance-source.js';
import { staticInstances } from '../static-instances.js';
import type { DiscoveryChoice } from './discovery-options.js';
import type { ResolveSrv } from './dns-srv/dns-srv-registry.js';
import { RegistryInstances } from './registry-instances.js';
import type { Registry, RegistryDependencies } from './registry.js';
import { serviceFabricInstances } from './service-fabric/service-fabric-instances.js';
import { ThrottledReports } from './throttled-reports.js';

/** Who says what instances a service has: exactly one of the two. */
export interface InstanceSourceOptions {
  /** Addresses, as `http://b:2 weight=3`. An empty list counts as absent beside `discovery`. */
  readonly instances?: readonly string[] | undefined;
  readonly discovery?: DiscoveryChoice | undefined;
}

/** What a source needs from outside. */
export interface InstanceSourceDependencies {
  /** Name of the service, which is also its name in the registry unless the options say another. */
  readonly service: string;
  readonly clock: Clock;
  readonly random: Random;
  /** Told of failures of the registry and of what it said that was not used: each message at most once a minute. */
  readonly onError: (error: Error) => void;
  /** In place of Node's resolver, for `dns-srv`. */
  readonly resolveSrv?: ResolveSrv | undefined;
}

/**
 * Opens the source of a service's instances, and waits for the first answer of a registry as long as its `startTimeoutMs` says;
 * after that it begins without instances. A registry's failures are reported, not thrown.
 * @throws Error when the options name no source or two, or a static address is bad
 */
export async function instanceSource({ instances = [], discovery }: InstanceSourceOptions, deps: InstanceSourceDependencies): Promise<InstanceSource> {
  if (!discovery) return staticInstances(instances);
  if (instances.length > 0) throw new Error(`The service ${deps.service} has instances and ${discovery.name}: say one of them.`);
  if (discovery.name === 'service-fabric') return serviceFabricInstances(discovery.options);
  const { report } = new ThrottledReports(deps.clock, `Instances of ${deps.service} from ${discovery.name}`, deps.onError);
  const { clock, random } = deps;
  const registry = await registryOf(discovery, deps, { clock, random, report });
  const source = new RegistryInstances(registry, discovery.options, { clock, random, report });
  await source.started;
  return source;
}

// Loaded on first use: most services have static instances, and every BFF's start would pay for it.
async function registryOf(choice: Exclude<DiscoveryChoice, { name: 'service-fabric' }>, { service, resolveSrv }: InstanceSourceDependencies, deps: RegistryDependencies): Promise<Registry> {
  switch (choice.name) {
    case 'consul':
      return new (await import('./consul/consul-registry.js')).ConsulRegistry(service, choice.options, deps);
    case 'eureka':
      return new (await import('./eureka/eureka-registry.js')).EurekaRegistry(service, choice.options, deps);
    case 'dns-srv':
      return new (await import('./dns-srv/dns-srv-registry.js')).DnsSrvRegistry(choice.options, deps, resolveSrv);
    case 'kubernetes':
      return new (await import('./kubernetes/kubernetes-registry.js')).KubernetesRegistry(service, choice.options, deps);
  }
}
