import { dirname } from 'node:path';
import { loadConfigFile } from '@portico/config';
import type { RouteSet } from '../route-definition.js';
import { gatewayFileClass } from './gateway-file.js';
import { routeSet, type RouteSetDependencies } from './route-set.js';
import { withPlaces } from './with-places.js';

export interface LoadRouteSetOptions extends RouteSetDependencies {
  readonly env: NodeJS.ProcessEnv;
  /** Told of every file that was read: what a reload has to watch. */
  readonly onFile?: (path: string) => void;
}

/**
 * Reads the routes of a gateway from its files, merged in their order.
 * @throws ConfigurationError listing every fault with its place
 */
export function loadRouteSet(files: readonly string[], { env, onFile, ...deps }: LoadRouteSetOptions): RouteSet {
  const file = loadConfigFile(gatewayFileClass(deps.registry.optionClasses), files, { env, ...(onFile && { onFile }) });
  return withPlaces(files, () => routeSet(file, { folder: dirname(files[0] ?? ''), ...deps }));
}
