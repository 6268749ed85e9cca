import type { Peer } from '@portico/policies';
import type { FastifyRequest } from 'fastify';

/** Who stands at the other end of the connection of a request. */
export function requestPeer({ raw: { socket }, ips }: FastifyRequest): Peer {
  // Fastify lists further addresses only behind a proxy that is trusted.
  return { address: socket.remoteAddress ?? '', trusted: ips !== undefined && ips.length > 1, scheme: 'encrypted' in socket ? 'https' : 'http' };
}
