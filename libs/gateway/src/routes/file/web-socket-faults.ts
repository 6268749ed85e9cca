import type { ConfigurationFault } from '@portico/config';
import type { RouteConfig } from './gateway-file.js';

/** What a route with WebSockets cannot have: whatever looks at requests and answers sees the handshake only, and not what is said afterwards. */
export function webSocketFaults({ websocket, cache, graphql, origins }: RouteConfig, path: string): ConfigurationFault[] {
  if (!websocket) return origins.length > 0 ? [{ path: `${path}.origins`, message: 'is about WebSockets, which are not taken here: say websocket: true' }] : [];
  const faults: ConfigurationFault[] = [];
  if (cache) faults.push({ path: `${path}.cache`, message: 'cannot be kept: the route takes WebSockets. Give them a route of their own' });
  if (graphql) faults.push({ path: `${path}.graphql`, message: 'would bound nothing that comes over a WebSocket: leave one of both out, or give WebSockets a route of their own' });
  return faults;
}
