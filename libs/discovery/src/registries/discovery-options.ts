import { ConsulOptions } from './consul/consul.config.js';
import { DnsSrvOptions } from './dns-srv/dns-srv.config.js';
import { EurekaOptions } from './eureka/eureka.config.js';
import { KubernetesOptions } from './kubernetes/kubernetes.config.js';
import { ServiceFabricOptions } from './service-fabric/service-fabric.config.js';

/** The places that can know the instances of a service, by their names in configuration, with the class of their options. */
export const discoveryOptions = {
  consul: ConsulOptions,
  eureka: EurekaOptions,
  'dns-srv': DnsSrvOptions,
  kubernetes: KubernetesOptions,
  'service-fabric': ServiceFabricOptions,
} as const;

/** Name of one of them. */
export type DiscoveryName = keyof typeof discoveryOptions;

/** One of them, with its options. */
export type DiscoveryChoice = { readonly [Name in DiscoveryName]: { readonly name: Name; readonly options: InstanceType<(typeof discoveryOptions)[Name]> } }[DiscoveryName];
