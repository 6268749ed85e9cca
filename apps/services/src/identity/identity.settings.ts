import type { JWKS } from 'oidc-provider';

/** What the confidential web client is registered with; its private key stays with the web BFF. */
export interface WebClientSettings {
  /** Public keys for `private_key_jwt` (RFC 7523). */
  readonly jwks: JWKS;
  readonly redirectUris: readonly string[];
}

/** How the identity service presents itself. */
export interface IdentitySettings {
  /** `iss` of all tokens; by default the address the service listens on. */
  readonly issuer?: string;
  /** Without it `shop-web` is not registered. */
  readonly webClient?: WebClientSettings;
}
