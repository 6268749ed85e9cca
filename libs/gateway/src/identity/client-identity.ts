import type { ClientKey } from '@portico/auth';
import { publicKeySet } from './client-key-file.js';
import type { IdentityEndpoint } from './identity-endpoint.js';

/** By what this gateway proves to the issuer who it is, as each of its clients there: one key, whose public half it publishes. */
export class ClientIdentity {
  readonly key: ClientKey;
  /** `/bff/jwks`, for the issuer's `jwks_uri` (RFC 7517 5). */
  readonly endpoint: IdentityEndpoint;

  constructor(key: ClientKey) {
    this.key = key;
    const body = publicKeySet(key);
    this.endpoint = {
      name: 'bff/jwks',
      method: 'GET',
      path: '/bff/jwks',
      handle: () => ({ status: 200, headers: [['content-type', 'application/jwk-set+json'], ['cache-control', 'max-age=60']], body }),
    };
  }
}
