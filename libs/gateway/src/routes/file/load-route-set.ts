import { loadConfigFile, type ConfigSource } from '@portico/config';
import { gatewayFileClass } from './gateway-file.js';
import { routeSet, type RouteSetDependencies } from './route-set.js';
import type { RouteSet } from '../route-definition.js';

export interface LoadRouteSetOptions extends RouteSetDependencies {
  readonly env: NodeJS.ProcessEnv;
  /** Told of every file that was read: what a reload has to watch. */
  readonly onFile?: (path: string) => void;
}

/**
 * Reads the routes of a gateway from its files, merged in their order.
 * @throws ConfigurationError listing every fault with its place
 */
export function loadRouteSet(files: readonly ConfigSource[], { env, onFile, ...deps }: LoadRouteSetOptions): RouteSet {
  return routeSet(loadConfigFile(gatewayFileClass(deps.registry.optionClasses), files, { env, ...(onFile && { onFile }) }), deps);
}
