import type { ServerResponse } from 'node:http';
import { Writable } from 'node:stream';
import type { Socket } from 'node:net';
import type { ClientUpgrade } from '../routes/upgrade-mark.js';

/**
 * Takes over the connection of a request for a WebSocket, to be answered by whoever speaks the protocol. The response that Fastify made for it is ended elsewhere, as the 101 that the client
 * gets: whoever meters the request waits for its end, which comes with that of the connection.
 */
export function takeHubSocket(upgrade: ClientUpgrade, response: ServerResponse): Socket {
  upgrade.accept();
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  response.assignSocket(nowhere as Socket);
  response.writeHead(101).end();
  return upgrade.socket;
}
