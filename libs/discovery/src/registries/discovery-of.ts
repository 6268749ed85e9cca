import { ConsulOptions } from './consul/consul.config.js';
import type { DiscoveryConfig } from './discovery.config.js';
import type { DiscoveryChoice } from './discovery-options.js';
import { EurekaOptions } from './eureka/eureka.config.js';
import { KubernetesOptions } from './kubernetes/kubernetes.config.js';

/** The registry of a gateway as the one of any of its services, where it is found by the service's own name; undefined when there is none. */
export function discoveryOf({ registry, consul, eureka, kubernetes }: DiscoveryConfig): DiscoveryChoice | undefined {
  switch (registry) {
    case 'consul':
      return { name: registry, options: Object.assign(new ConsulOptions(), consul) };
    case 'eureka':
      return { name: registry, options: Object.assign(new EurekaOptions(), eureka) };
    case 'kubernetes':
      return { name: registry, options: Object.assign(new KubernetesOptions(), kubernetes) };
    case '':
      return undefined;
  }
}
