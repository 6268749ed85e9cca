import type { ClientMetadata } from 'oidc-provider';
import type { ClientKeys } from './identity.settings.js';

/** A client that signs what it asks with a key of its own (`private_key_jwt`, RFC 7523); which algorithm is the key's choice. */
export function keyAuthentication({ jwks, jwksUri }: ClientKeys): Partial<ClientMetadata> {
  const keys = jwksUri === undefined ? { jwks } : { jwks_uri: jwksUri };
  return { token_endpoint_auth_method: 'private_key_jwt', ...keys };
}
