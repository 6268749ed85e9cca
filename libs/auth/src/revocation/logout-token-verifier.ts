import { isPorticoError, PorticoError } from '@portico/core';
import { compactJws, jwsObject } from '../compact-jws.js';
import { claimOnce } from '../dpop/claim-once.js';
import type { ReplayStore } from '../dpop/replay-store.js';
import { JwksStore } from '../jwks-store.js';
import { isSigned, signatureKey } from '../jws-signature.js';
import { readTokenHeader } from '../token-header.js';
import type { TokenType } from '../token-type.js';
import { tokenVerifierConfig, type TokenAlgorithm, type TokenVerifierDeps } from '../token-verifier.config.js';
import { checkLogoutClaims, type ExpectedLogout, type LoggedOut, type LogoutClaims } from './logout-claims.js';

export interface LogoutTokenVerifierOptions {
  /** Issuer whose logout tokens are accepted; compared character by character. */
  readonly issuer: string;
  /** The clients that the issuer knows this gateway by: a logout token must be meant for one of them. */
  readonly clientIds: readonly string[];
  /** Where the issuer publishes its keys; by default, or when it is empty, what `<issuer>/.well-known/openid-configuration` says. */
  readonly jwksUri?: string | undefined;
  /** RS256, PS256 and ES256 by default. */
  readonly algorithms?: readonly TokenAlgorithm[] | undefined;
  /** How old a logout token may be, in s; 120 by default. */
  readonly maxAgeS?: number | undefined;
  /** How far clocks may differ, in s; 5 by default. */
  readonly clockToleranceS?: number | undefined;
  /** Whether the type `logout+jwt` must be there; true by default. Another one is never accepted. */
  readonly requireTyp?: boolean | undefined;
}

/** What the verifier of logout tokens needs from its surroundings. */
export interface LogoutTokenVerifierDeps extends Pick<TokenVerifierDeps, 'clock' | 'fetchJson'> {
  /** Shared by all replicas, or a logout token is good once at each of them. */
  readonly replays: ReplayStore;
}

/**
 * Verifies the tokens by which an issuer says that a session is over (OpenID Connect Back-Channel Logout 1.0, 2.4 to 2.6).
 * Does not know what is ended thereby: that is up to whoever asks.
 */
export class LogoutTokenVerifier {
  readonly #expected: ExpectedLogout;
  readonly #type: TokenType;
  readonly #keys: JwksStore;
  readonly #clock: LogoutTokenVerifierDeps['clock'];
  readonly #replays: ReplayStore;

  constructor({ maxAgeS = 120, requireTyp = true, clientIds, ...options }: LogoutTokenVerifierOptions, deps: LogoutTokenVerifierDeps) {
    const config = tokenVerifierConfig({ ...options, audience: '' });
    this.#expected = { issuer: config.issuer, clientIds, maxAgeS, clockToleranceS: config.clockToleranceS };
    this.#type = { names: /^(?:application\/)?logout\+jwt$/i, untypedToo: !requireTyp };
    this.#keys = new JwksStore(config, deps, () => {});
    this.#clock = deps.clock;
    this.#replays = deps.replays;
  }

  /**
   * Whose sessions `logoutToken`, the member of that name of the form that the issuer sends, ends. It is good once.
   * @throws PorticoError REQUEST_INVALID without a reason for whatever is wrong with it; AUTHORITY_UNAVAILABLE when there are no keys to verify it with, or when it cannot
   * be told whether it was used before: the issuer may send another one then. Both say that nobody may keep the answer
   */
  async verify(logoutToken: unknown): Promise<LoggedOut> {
    try {
      const { jti, iat, loggedOut } = await this.#read(logoutToken);
      const { issuer, maxAgeS, clockToleranceS } = this.#expected;
      const lifeMs = (iat + maxAgeS + clockToleranceS) * 1_000 - this.#clock.epochMs();
      await claimOnce(this.#replays, `logout:${issuer} ${jti}`, lifeMs, () => refusal(new TypeError('The logout token was used before')));
      return loggedOut;
    } catch (reason) {
      throw refusal(reason);
    }
  }

  async #read(token: unknown): Promise<LogoutClaims> {
    if (typeof token !== 'string') throw new TypeError('Not one logout token');
    const { alg, kid } = readTokenHeader(token, this.#type);
    const known = await this.#keys.find(kid);
    if (!known) throw new TypeError('The issuer has no such key');
    if (known.algorithm !== alg) throw new TypeError('alg is not that of the key');
    if (!isSigned(token, signatureKey(alg, known.key))) throw new TypeError('The logout token is not signed by its key');
    return checkLogoutClaims(jwsObject(compactJws(token).payload), this.#expected, this.#clock.epochMs() / 1_000);
  }
}

const notKept = { 'cache-control': 'no-store' };

function refusal(reason: unknown): PorticoError {
  if (!isPorticoError(reason)) return new PorticoError('REQUEST_INVALID', { detail: 'The logout token is not accepted.', headers: notKept, cause: reason });
  if (reason.headers?.['cache-control'] !== undefined) return reason;
  const { code, status, detail, faults, headers, cause } = reason;
  return new PorticoError(code, { status, detail, faults, headers: { ...headers, ...notKept }, cause });
}
