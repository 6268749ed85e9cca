import { isPorticoError, type Awaitable, type Caller, type PorticoError } from '@portico/core';
import { AccessTokenStrategy, type VerifiedToken } from './access-token.strategy.js';
import { tokenInvalid } from './challenges.js';
import { JwksStore } from './jwks-store.js';
import { runStrategy } from './run-strategy.js';
import { TokenCache } from './token-cache.js';
import { tokenVerifierConfig, type TokenVerifierDeps, type TokenVerifierOptions } from './token-verifier.config.js';

/**
 * Verifies access tokens (RFC 9068) of one issuer for one audience and remembers those it accepted.
 * A remembered token costs one look-up; one of a known key is verified without waiting.
 */
export class TokenVerifier {
  readonly #name: string;
  readonly #clock: TokenVerifierDeps['clock'];
  readonly #keys: JwksStore;
  readonly #strategy: AccessTokenStrategy;
  readonly #verified: TokenCache;

  constructor(options: TokenVerifierOptions, deps: TokenVerifierDeps) {
    const config = tokenVerifierConfig(options);
    this.#name = config.name;
    this.#clock = deps.clock;
    this.#verified = new TokenCache(config.cacheEntries);
    this.#keys = new JwksStore(config, deps, (kids) => void this.#verified.purge((entry) => kids.has(entry.kid)));
    this.#strategy = new AccessTokenStrategy(config, this.#keys, deps.clock);
  }

  /** Names of the issuers whose tokens are accepted. */
  get issuerNames(): readonly string[] {
    return [this.#name];
  }

  /**
   * The caller who holds `token`: frozen, and the same object as long as the token is remembered. A promise only when keys have to be fetched first.
   * @throws PorticoError TOKEN_INVALID with its challenge, or AUTHORITY_UNAVAILABLE when no keys can be had; as a rejection where it is a promise
   */
  verify(token: string): Awaitable<Caller> {
    return this.recall(token) ?? this.verifyAnew(token);
  }

  /** The caller whose token is remembered; undefined when it is not. */
  recall(token: string): Caller | undefined {
    const known = this.#verified.read(token, this.#clock.epochMs());
    if (known) this.#keys.refreshWhenDue();
    return known;
  }

  /** Does what `verify` does for a token that is not remembered. */
  verifyAnew(token: string): Awaitable<Caller> {
    try {
      const verified = runStrategy<VerifiedToken>(this.#strategy, { token, key: undefined });
      return verified instanceof Promise ? verified.then((entry) => this.#keep(token, entry), refuse) : this.#keep(token, verified);
    } catch (reason) {
      return refuse(reason);
    }
  }

  /** Fetches the issuer's keys before the first request needs them. Never rejects: an issuer that is down is asked again later. */
  prefetch(): Promise<void> {
    return this.#keys.prefetch();
  }

  /** Forgets the remembered tokens of a session (`sid`) or with one id (`jti`), so that they are verified anew; returns how many. */
  purge(which: { readonly sid: string } | { readonly jti: string }): number {
    const [claim, value] = 'sid' in which ? (['sid', which.sid] as const) : (['jti', which.jti] as const);
    return this.#verified.purge((entry) => entry.caller.claims[claim] === value);
  }

  #keep(token: string, entry: VerifiedToken): Caller {
    if (entry.expiresAtMs > this.#clock.epochMs()) this.#verified.write(token, entry);
    return entry.caller;
  }
}

function refuse(reason: unknown): never {
  throw (isPorticoError(reason) ? reason : tokenInvalid(reason)) as PorticoError;
}
