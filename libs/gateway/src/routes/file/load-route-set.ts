import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ConfigurationError, isConfigurationError, loadConfigFile, placeFaults, type ConfigText } from '@portico/config';
import type { RouteSet } from '../route-definition.js';
import { gatewayFileClass } from './gateway-file.js';
import { routeSet, type RouteSetDependencies } from './route-set.js';

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
  try {
    return routeSet(file, { folder: dirname(files[0] ?? ''), ...deps });
  } catch (error) {
    if (!isConfigurationError(error)) throw error;
    throw new ConfigurationError(placeFaults(error.faults, files.flatMap(textOf)));
  }
}

/** The file as it is now; nothing when it has gone since it was read. */
function textOf(file: string): ConfigText[] {
  try {
    return [{ file, text: readFileSync(file, 'utf8') }];
  } catch {
    return [];
  }
}
