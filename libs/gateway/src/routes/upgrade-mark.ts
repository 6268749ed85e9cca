import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

/** The connection of a request that asks for a WebSocket. */
export interface ClientUpgrade {
  readonly socket: Socket;
  /** Gives the connection over: what has come on it is now to be read from it, and it stays open after the answer. */
  accept(): void;
}

const key = Symbol('portico.upgrade');

interface Marked {
  [key]?: ClientUpgrade;
}

/** Lets the upgrade be found from the request, which is all that goes through the pipeline. */
export function markUpgrade(incoming: IncomingMessage, upgrade: ClientUpgrade): void {
  (incoming as Marked)[key] = upgrade;
}

/** What `markUpgrade` noted; undefined for an ordinary request. */
export function upgradeOf(incoming: IncomingMessage): ClientUpgrade | undefined {
  return (incoming as Marked)[key];
}
