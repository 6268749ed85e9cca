/**
 * Who passed a request on, from the client to the peer of this connection: what `received` (X-Forwarded-For) says from the client's address on, and the peer.
 * What stands before the client's address is the client's own invention and left out.
 * @param address the client's, as far as trusted proxies vouch for it
 */
export function clientChain(received: string, address: string, peer: string): string[] {
  const client = plainAddress(address);
  const last = plainAddress(peer);
  const entries = received.split(',').map((entry) => plainAddress(entry.trim())).filter((entry) => entry !== '');
  const start = entries.lastIndexOf(client);
  if (start !== -1) return [...entries.slice(start), last];
  return client === last ? [last] : [client, last];
}

/** An address without the prefix by which IPv6 writes IPv4. */
export function plainAddress(address: string): string {
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice('::ffff:'.length) : address;
}
