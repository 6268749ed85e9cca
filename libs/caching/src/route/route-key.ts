import type { Endpoint, ForwardRequest, RequestContext } from '@portico/core';
import type { RouteCacheOptions } from './route-cache.options.js';
import { keyPart, veiled } from './selection.js';

/** What the claims section of a route says about header fields; `auth` holds the class. */
interface ClaimFields {
  readonly toHeaders?: Readonly<Record<string, unknown>>;
}

/**
 * Makes the function for the part of the key that method and caller do not change: region, service, host, path and query as they are sent, the values of
 * the key's header fields, and the body. Fields that claims of the caller are written to are always among them.
 * The host is the one that the client named: a service that writes it into its answers can not poison those for other hosts.
 */
export function routeKey(endpoint: Endpoint, region: string, options: RouteCacheOptions): (context: RequestContext, request: ForwardRequest, bodyDigest: string) => string {
  const claimed = Object.keys(endpoint.declared<ClaimFields>('portico:claims')?.toHeaders ?? {});
  const names = [...new Set([...options.keyHeaders, ...claimed].map((name) => name.toLowerCase()))].sort();
  const prefix = `route\n${keyPart(region)}`;
  return (context, { service, path, query, headers }, bodyDigest) => {
    let key = prefix + keyPart(service) + keyPart(context.header('host')) + keyPart(headers.get('host')) + keyPart(headers.get('x-forwarded-proto'));
    for (const name of names) {
      const value = headers.get(name) ?? context.header(name);
      key += keyPart(value === undefined ? undefined : veiled(name, value));
    }
    return `${key}${keyPart(bodyDigest)}${keyPart(path)}${keyPart(query)}`;
  };
}

/** By which answers of a service are purged and invalidated: the service, and path and query as they are sent to it. */
export function uriOf(service: string, path: string, query: string): string {
  return query === '' ? `${service}\n${path}` : `${service}\n${path}?${query}`;
}
