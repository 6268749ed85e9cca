import type { Policy } from '@portico/core';
import { CachedRoute } from './cached-route.js';
import { RouteCacheOptions } from './route-cache.options.js';
import { RouteCacheStore } from './route-cache-store.js';

/**
 * A shared cache (RFC 9111, RFC 5861) around the call of each configured route that has a `cache` section. Stands first in the backend section:
 * what is kept, or waited for, passes nothing after it.
 *
 * - One caller's answer never reaches another one: an answer is kept for its caller and for the credential that was sent, and for everyone only
 *   when the service says `public` or `s-maxage`. An answer to a request with Authorization is kept only then (RFC 9111 3.5).
 * - The key holds what is sent: service, host, path, query, the fields of `keyHeaders` and those that claims are written to, the body.
 * - Bodies stream through and are kept once they are complete; one that is too large, broken off or without end is not.
 * - While one request fetches an answer, others with the same key wait for it, each as long as its own deadline allows; an answer that is not to be kept is not shared.
 * - A method that changes something drops what is kept of its address (RFC 9111 4.4). A request with Range, or a condition besides If-None-Match and If-Modified-Since, passes by.
 * - `Cache-Status` (RFC 9211) says what was done, `Age` how old a kept answer is.
 */
export function routeCache(): Policy {
  return {
    name: 'route-cache',
    compile(endpoint, resolve) {
      if (endpoint.kind !== 'route') return undefined;
      const options = endpoint.declared<RouteCacheOptions>('portico:cache');
      if (!options || (options.honour === 'ttl-only' && options.ttlMs === 0)) return undefined;
      return new CachedRoute(endpoint, options, resolve(RouteCacheStore));
    },
  };
}
