import { PorticoError } from '@portico/core';
import { SessionCookies } from './session-cookies.js';
import type { SessionRequest } from './session-endpoint.js';

export interface SessionSiteOptions {
  /** Origin under which browsers know this gateway: from the configuration, for a `Host` field is the sender's. */
  readonly publicOrigin: string;
  /** Where the endpoints of signing in and out are; `/bff` by default. */
  readonly prefix?: string | undefined;
  /** For development on a loopback address without TLS: cookies without `Secure` and `__Host-`. False by default. */
  readonly allowInsecureCookies?: boolean | undefined;
}

/** This gateway as browsers see it. */
export class SessionSite {
  readonly origin: string;
  readonly prefix: string;
  readonly cookies: SessionCookies;
  readonly #insecureToo: boolean;

  /** @throws TypeError when the public origin is none */
  constructor({ publicOrigin, prefix = '/bff', allowInsecureCookies = false }: SessionSiteOptions) {
    this.origin = new URL(publicOrigin).origin;
    this.prefix = prefix;
    this.cookies = new SessionCookies(allowInsecureCookies);
    this.#insecureToo = allowInsecureCookies;
  }

  /** Address of the login's callback, as it is registered with the identity provider. */
  get redirectUri(): string {
    return `${this.origin}${this.prefix}/callback`;
  }

  /** Address, on this site, of the page that tells how a silent login ended. */
  get silentPage(): string {
    return `${this.prefix}/silent-login-callback`;
  }

  /** @throws PorticoError REQUEST_MALFORMED when a cookie set now could be read on its way */
  assertSecure({ secure }: SessionRequest): void {
    if (!secure && !this.#insecureToo) throw new PorticoError('REQUEST_MALFORMED', { detail: 'Use https.', headers: { 'cache-control': 'no-store' } });
  }
}
