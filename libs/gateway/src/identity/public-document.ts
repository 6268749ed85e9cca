import type { IdentityEndpoint } from './identity-endpoint.js';

/** A JSON document for everybody, made at start; caches may keep it for an hour. */
export function publicDocument(path: string, content: object): IdentityEndpoint {
  const body = JSON.stringify(content);
  return {
    name: path.slice(1),
    method: 'GET',
    path,
    handle: () => ({ status: 200, headers: [['content-type', 'application/json'], ['cache-control', 'public, max-age=3600']], body }),
  };
}
