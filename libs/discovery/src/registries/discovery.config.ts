import { Section, Setting } from '@portico/config';
import { IsIn, IsInt, Max, Min } from 'class-validator';
import { ConsulServerOptions } from './consul/consul-server.config.js';
import { EurekaFetchOptions } from './eureka/eureka-fetch.config.js';
import { KubernetesServerOptions } from './kubernetes/kubernetes-server.config.js';

/** The registries that can know all services of a gateway by their names; empty: none does. */
export const registryNames = ['', 'consul', 'eureka', 'kubernetes'] as const;

/** Who knows the instances of a gateway's services: one registry for all, or none. */
export class DiscoveryConfig {
  @Setting({ description: 'Registry that is asked for the instances of every service, by its name; empty: `services.<name>.instances` are used', type: 'string' })
  @IsIn(registryNames)
  registry: (typeof registryNames)[number] = '';

  @Setting({ description: 'Time after which the registry is believed that says that a service has no instances any more; those that were known go on until then, for one that has lost its data knows nobody until all have registered again', unit: 'ms' })
  @IsInt()
  @Min(0)
  @Max(3_600_000)
  emptyAfterMs: number = 10_000;

  @Section(() => ConsulServerOptions, { description: 'Consul, where it is the registry' })
  consul: ConsulServerOptions = new ConsulServerOptions();

  @Section(() => EurekaFetchOptions, { description: 'Eureka, where it is the registry' })
  eureka: EurekaFetchOptions = new EurekaFetchOptions();

  @Section(() => KubernetesServerOptions, { description: 'The Kubernetes API, where it is the registry' })
  kubernetes: KubernetesServerOptions = new KubernetesServerOptions();
}
