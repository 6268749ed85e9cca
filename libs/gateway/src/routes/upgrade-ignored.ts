import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';

/** Fields that belong to the offer alone (RFC 9110 7.8, RFC 7540 3.2.1). */
const offer = new Set(['upgrade', 'http2-settings']);

/**
 * Lets the server read a request again as if it had offered no other protocol, which a server may (RFC 9110 7.8): Node hands a request over whole or not at all
 * as soon as anybody listens for upgrades, and Java's client offers `h2c` with every first request.
 */
export function readWithoutOffer(server: Server, incoming: IncomingMessage, socket: Socket, head: Buffer): void {
  const { method, url, httpVersion, rawHeaders } = incoming;
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if (!offer.has((rawHeaders[index] as string).toLowerCase())) lines.push(`${rawHeaders[index]}: ${rawHeaders[index + 1]}`);
  }
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
  server.emit('connection', socket);
}
