import type { RequestContext } from '@portico/core';

// Whatever could move the border between authority and path is no host (RFC 9110 7.2).
const host = /^[^\s/?#\\@]+$/;

/**
 * The origin that the Host field of a request names, with either scheme: TLS may end before the gateway.
 * @throws TypeError when there is no such field
 */
export function requestOrigin({ headers }: RequestContext): string {
  const named = headers['host'];
  if (typeof named !== 'string' || !host.test(named)) throw new TypeError('The request names no host');
  return `//${named}`;
}
