import type { IncomingMessage } from 'node:http';
import { connectionIdOf } from '@portico/realtime';
import { upgradeOf } from '../routes/upgrade-mark.js';

/** Whether a request to a hub is the handshake of a client that skips the negotiation: it asks for a WebSocket, and names no connection. */
export function opensDirectly(incoming: IncomingMessage): boolean {
  return upgradeOf(incoming) !== undefined && connectionIdOf(incoming) === undefined;
}
