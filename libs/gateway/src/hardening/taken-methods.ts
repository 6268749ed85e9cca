import type { IncomingMessage } from 'node:http';
import { requestPath, type RouteFinding } from '@portico/routing';
import type { MethodTable } from '../operations/method-table.js';
import type { RouteHost } from '../routes/route-host.js';

/** What a route takes that names no method. */
const everyMethod = ['DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT'];

/**
 * The methods that an address takes, of coded operations and configured routes alike, sorted; none for an unknown address.
 * A condition of a route about header fields counts as not met: nobody knows them before the request that they belong to.
 */
export function takenMethods(incoming: IncomingMessage, coded: MethodTable, host: RouteHost | undefined): string[] {
  const found = host === undefined ? undefined : find(incoming, host);
  const configured = found?.kind === 'route' ? everyMethod : found?.kind === 'method' ? found.methods : [];
  return [...new Set([...coded.allowed(incoming.url as string), ...configured])].sort();
}

function find({ url = '', headers }: IncomingMessage, host: RouteHost): RouteFinding<unknown> | undefined {
  const [path = '', query = ''] = url.split(/\?(.*)/s, 2);
  try {
    // No route has a method without a name: found is one that takes every method, or which ones there are.
    return host.snapshot.table.find({ method: '', path: requestPath(path), query, host: headers.host, header: () => undefined });
  } catch {
    return undefined;
  }
}
