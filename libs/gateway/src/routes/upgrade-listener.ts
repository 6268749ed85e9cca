import type { IncomingMessage, OutgoingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { readWithoutOffer } from './upgrade-ignored.js';
import { markUpgrade } from './upgrade-mark.js';
import { WaitingUpgrade } from './upgrade-waiting.js';
import type { UpgradedConnections } from './upgraded-connections.js';

/**
 * Sends requests for WebSockets through Fastify like any other request, hooks and policies included: Node hands them to nobody else.
 * Offers of other protocols are ignored.
 */
export function listenForUpgrades(fastify: FastifyInstance, connections: UpgradedConnections): void {
  const server = fastify.server as Server;
  const take = (incoming: IncomingMessage, socket: Socket, head: Buffer): void => {
    // On a connection with requests in advance the answers before this one come first.
    const before = (socket as { _httpMessage?: OutgoingMessage | null })._httpMessage;
    if (before) return void before.once('close', () => take(incoming, socket, head));
    if (socket.destroyed) return;
    if (!offersWebSocket(incoming)) return readWithoutOffer(server, incoming, socket, head);
    const upgrade = new WaitingUpgrade(incoming, socket, head);
    markUpgrade(incoming, upgrade);
    fastify.routing(incoming, upgrade.response);
  };
  server.on('upgrade', take);
  fastify.addHook('preClose', (done) => {
    connections.stop();
    done();
  });
}

function offersWebSocket({ headers }: IncomingMessage): boolean {
  return (headers.upgrade ?? '').toLowerCase().split(',').some((protocol) => protocol.trim() === 'websocket');
}
