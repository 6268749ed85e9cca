import { isPorticoError, type Awaitable, type Caller, type PorticoError } from '@portico/core';
import { AccessTokenStrategy, type VerifiedToken } from './access-token.strategy.js';
import { tokenInvalid } from './challenges.js';
import { SchemeMismatch } from './dpop/scheme-mismatch.js';
import type { TokenBinding } from './dpop/token-binding.js';
import { JwksStore } from './jwks-store.js';
import { noRevocations, type Revocations } from './revocation/revocations.js';
import { runStrategy } from './run-strategy.js';
import { TokenCache } from './token-cache.js';
import { tokenVerifierConfig, type TokenVerifierDeps, type TokenVerifierOptions } from './token-verifier.config.js';

/** A verified token that is good only together with a proof of the key that it is bound to (RFC 9449). */
export interface BoundToken {
  readonly caller: Caller;
  readonly binding: TokenBinding;
}

/**
 * Verifies access tokens (RFC 9068) of one issuer for one audience and remembers those it accepted.
 * A remembered token costs one look-up; one of a known key is verified without waiting.
 */
export class TokenVerifier {
  readonly #name: string;
  readonly #clock: TokenVerifierDeps['clock'];
  readonly #keys: JwksStore;
  readonly #strategy: AccessTokenStrategy;
  readonly #revocations: Pick<Revocations, 'version' | 'isRevoked'>;
  readonly #verified: TokenCache;

  constructor(options: TokenVerifierOptions, deps: TokenVerifierDeps) {
    const config = tokenVerifierConfig(options);
    this.#name = config.name;
    this.#clock = deps.clock;
    this.#revocations = deps.revocations ?? noRevocations;
    this.#verified = new TokenCache(config.cacheEntries, this.#revocations);
    this.#keys = new JwksStore(config, deps, (kids) => void this.#verified.purge((entry) => kids.has(entry.kid)));
    this.#strategy = new AccessTokenStrategy(config, this.#keys, deps.clock);
  }

  /** Names of the issuers whose tokens are accepted. */
  get issuerNames(): readonly string[] {
    return [this.#name];
  }

  /**
   * The caller who holds `token`, which must be free: frozen, and the same object as long as the token is remembered. A promise only when keys have to be fetched first.
   * @throws PorticoError TOKEN_INVALID with its challenge, or AUTHORITY_UNAVAILABLE when no keys can be had; as a rejection where it is a promise
   */
  verify(token: string): Awaitable<Caller> {
    const known = this.recall(token);
    if (known !== undefined && known.binding === undefined) return known.caller;
    const verified = known ?? this.verifyAnew(token);
    return verified instanceof Promise ? verified.then(freeCaller) : freeCaller(verified);
  }

  /**
   * What `token`, which must be bound to a key, says about who may use it: only whoever also proves to hold that key.
   * @throws as `verify` does
   */
  verifyBound(token: string): Awaitable<BoundToken> {
    const verified = this.recall(token) ?? this.verifyAnew(token);
    return verified instanceof Promise ? verified.then(boundToken) : boundToken(verified);
  }

  /** What is remembered of a token, free or bound, whichever scheme it may come with; undefined when nothing is. */
  recall(token: string): VerifiedToken | undefined {
    const known = this.#verified.read(token, this.#clock.epochMs());
    if (known) this.#keys.refreshWhenDue();
    return known;
  }

  /** Verifies a token that is not remembered, free or bound, whichever scheme it may come with. */
  verifyAnew(token: string): Awaitable<VerifiedToken> {
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

  #keep(token: string, entry: VerifiedToken): VerifiedToken {
    if (this.#revocations.isRevoked(entry.caller.claims)) throw tokenInvalid(new TypeError('The token was revoked'));
    if (entry.expiresAtMs > this.#clock.epochMs()) this.#verified.write(token, entry);
    return entry;
  }
}

function freeCaller({ caller, binding }: VerifiedToken): Caller {
  if (binding) throw tokenInvalid(new SchemeMismatch('A bound token is not accepted as Bearer'));
  return caller;
}

function boundToken({ caller, binding }: VerifiedToken): BoundToken {
  if (!binding) throw tokenInvalid(new SchemeMismatch('A token that is bound to no key is not accepted as DPoP'));
  return { caller, binding };
}

function refuse(reason: unknown): never {
  throw (isPorticoError(reason) ? reason : tokenInvalid(reason)) as PorticoError;
}
