import type { Clock } from '@portico/core';
import type { ProviderFetch } from './bounded-fetch.js';
import type { ClientKey } from './client-key.js';

/** Who the identity provider is, and who this gateway is there. */
export interface IdentityProviderOptions {
  /** The OpenID Connect issuer, as its ID tokens name it. With `http` only on a loopback address. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientKey: ClientKey;
  /** Longest wait for an answer of the provider, in ms; 10,000 by default. */
  readonly timeoutMs?: number;
}

export interface IdentityProviderDeps {
  readonly fetch: ProviderFetch;
  readonly clock: Clock;
}

const loopback = /^(?:127(?:\.\d{1,3}){3}|localhost|\[::1\])$/;

/**
 * Whether requests to the issuer go without TLS.
 * @throws TypeError when they would, and leave this machine
 */
export function isInsecureIssuer(issuer: URL): boolean {
  if (issuer.protocol === 'https:') return false;
  if (issuer.protocol === 'http:' && loopback.test(issuer.hostname)) return true;
  throw new TypeError(`The issuer ${issuer.href} must use https`);
}
