import type { ConfigurationFault } from '@portico/config';
import { placeholderNames } from '@portico/routing';
import { namesIn } from './bound-names.js';
import { collecting } from './collecting.js';
import type { GatewayFile } from './gateway-file.js';

/**
 * What is wrong with `to.member` of a route, by which the request names a service.
 * @param bound names that the match binds; undefined where it cannot be read
 */
export function memberFaults(name: string, { routes, services }: Pick<GatewayFile, 'routes' | 'services'>, bound: readonly string[] | undefined): ConfigurationFault[] {
  const { service, member } = (routes[name] as GatewayFile['routes'][string]).to;
  const path = `routes.${name}.to.member`;
  if (member === '') {
    const shared = Object.values(routes).some(({ to }) => to.service === service && to.member !== '');
    return shared ? [{ path, message: `must be given: another route takes services.${service} for every service of a registry` }] : [];
  }
  const faults: ConfigurationFault[] = [];
  collecting(faults, () => placeholderNames(member), path);
  const missing = bound ? namesIn(member).filter((placeholder) => !bound.includes(placeholder)) : [];
  const discovery = services[service]?.discovery;
  return [
    ...faults,
    ...missing.map((placeholder) => ({ path, message: `{${placeholder}} is no placeholder of the match` })),
    ...(discovery && discovery.name !== 'service-fabric' ? [] : [{ path, message: `services.${service} has no registry that could know it` }]),
  ];
}
