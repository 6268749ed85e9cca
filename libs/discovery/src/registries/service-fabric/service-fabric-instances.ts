import { StaticInstances } from '../../static-instances.js';
import type { ServiceFabricOptions } from './service-fabric.config.js';

/** The one instance that a service has behind Service Fabric's reverse proxy: the proxy, under the path of the service. */
export function serviceFabricInstances({ url, service }: ServiceFabricOptions): StaticInstances {
  const { origin, pathname } = new URL(url);
  return new StaticInstances([{ id: origin, origin, weight: 1, pathPrefix: `${pathname.replace(/\/+$/, '')}/${service}` }]);
}
