import type { JWKS } from 'oidc-provider';
import type { BffName } from './audience.js';

/** Public keys of a client for `private_key_jwt` (RFC 7523): themselves, or where the client publishes them. */
export type ClientKeys = { readonly jwks: JWKS; readonly jwksUri?: undefined } | { readonly jwksUri: string; readonly jwks?: undefined };

/** What the confidential web client is registered with; its private key stays with the web BFF. */
export type WebClientSettings = ClientKeys & {
  readonly redirectUris: readonly string[];
  /** Where the browser may be sent after logout; by default nowhere. */
  readonly postLogoutRedirectUris?: readonly string[];
  /** Where logout tokens go (OpenID Connect Back-Channel Logout 1.0); by default nowhere. */
  readonly backchannelLogoutUri?: string;
};

/** How a BFF proves who it is when it asks for tokens for services: by its key, or by a secret of at least 32 characters. */
export type ServiceClientSettings = ClientKeys | { readonly secret: string; readonly jwks?: undefined; readonly jwksUri?: undefined };

/** How the identity service presents itself. */
export interface IdentitySettings {
  /** `iss` of all tokens; by default the address the service listens on. */
  readonly issuer?: string;
  /** Without it `shop-web` is not registered. */
  readonly webClient?: WebClientSettings;
  /** Where logout tokens go for the sessions of `shop-mobile` and `shop-desktop`; by default nowhere. */
  readonly backchannelLogoutUris?: Readonly<Partial<Record<'mobile' | 'desktop', string>>>;
  /** The clients `web-bff`, `mobile-bff` and `desktop-bff`; whoever is not named is not registered. */
  readonly serviceClients?: Readonly<Partial<Record<BffName, ServiceClientSettings>>>;
  /** Public keys of who vouches for installed apps; without them `shop-mobile-attested` is not registered. */
  readonly attesterKeys?: JWKS;
}
