import type { KeyObject } from 'node:crypto';
import { HttpError } from '../server/http-error.js';
import { keyIdOf, verifyAccessToken, type AccessClaims } from './access-token.js';
import { IssuerKeys } from './issuer-keys.js';
import { RefusedError } from './refused-error.js';
import type { TokenIssuer, TokenMode } from './service-tokens.settings.js';

/** The most verified tokens remembered; the oldest give way. */
const capacity = 5_000;

/** What a gate judges by. */
export interface TokenGateOptions {
  readonly mode: Exclude<TokenMode, 'off'>;
  /** The service's own audience. */
  readonly audience: string;
  /** Undefined as long as the issuer has not started. */
  readonly issuer: () => TokenIssuer | undefined;
  /** Milliseconds since 1970. */
  readonly nowMs: () => number;
}

/** Checks the token of each call to one service. A token is verified once and then remembered until it expires or its key is withdrawn. */
export class TokenGate {
  readonly #options: TokenGateOptions;
  readonly #verified = new Map<string, AccessClaims>();
  #keys: IssuerKeys | undefined;

  constructor(options: TokenGateOptions) {
    this.#options = options;
  }

  /**
   * Who calls, by the Authorization header; undefined for a call without a token, where that is allowed. Throws 401
   * (RFC 6750, 3) for a missing or bad token, and 503 while the issuer's keys cannot be had at all.
   */
  admit(authorization: string | undefined): AccessClaims | undefined | Promise<AccessClaims> {
    const token = authorization === undefined ? undefined : tokenOf(authorization);
    if (token === undefined) {
      if (this.#options.mode === 'required') throw new RefusedError(401, 'Bearer');
      return undefined;
    }
    const known = this.#verified.get(token);
    if (known && known.expiresAtSeconds * 1_000 > this.#options.nowMs() && this.#keys?.find(known.kid)) return known;
    this.#verified.delete(token);
    return this.#verify(token);
  }

  async #verify(token: string): Promise<AccessClaims> {
    const kid = keyIdOf(token);
    if (kid === undefined) throw new RefusedError(401, 'Bearer error="invalid_token"');
    const { issuer, keys } = this.#source();
    if (!keys.find(kid)) await keys.refresh();
    if (!keys.known) throw new HttpError(503, { error: 'keys unavailable' });
    const claims = this.#judge(token, issuer, (id) => keys.find(id));
    if (!claims || claims.bound) throw new RefusedError(401, 'Bearer error="invalid_token"');
    this.#remember(token, claims);
    return claims;
  }

  #judge(token: string, issuer: string, key: (kid: string) => KeyObject | undefined): AccessClaims | undefined {
    return verifyAccessToken(token, { issuer, audience: this.#options.audience, nowSeconds: this.#options.nowMs() / 1_000, key });
  }

  #source(): { readonly issuer: string; readonly keys: IssuerKeys } {
    const source = this.#options.issuer();
    if (!source) throw new HttpError(503, { error: 'keys unavailable' });
    this.#keys ??= new IssuerKeys({ jwksUri: source.jwksUri, nowMs: this.#options.nowMs });
    return { issuer: source.issuer, keys: this.#keys };
  }

  #remember(token: string, claims: AccessClaims): void {
    this.#verified.set(token, claims);
    if (this.#verified.size > capacity) for (const oldest of this.#verified.keys()) return void this.#verified.delete(oldest);
  }
}

/** The token of a header; empty if the scheme stands alone, undefined for another scheme. */
function tokenOf(authorization: string): string | undefined {
  const parts = /^(?:bearer|dpop)(?: +(.*))?$/i.exec(authorization);
  return parts ? (parts[1] ?? '') : undefined;
}
