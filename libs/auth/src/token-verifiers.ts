import type { Awaitable } from '@portico/core';
import type { VerifiedToken } from './access-token.strategy.js';
import { defaultIssuer } from './issued-caller.js';
import { TokenVerifier } from './token-verifier.js';
import type { TokenVerifierDeps, TokenVerifierOptions } from './token-verifier.config.js';
import { unverifiedIssuer } from './unverified-issuer.js';

// Part of the keys of callers, whose parts are set apart by colons.
const issuerName = /^[A-Za-z][\w-]*$/;

/**
 * Verifies access tokens of several issuers, and stands wherever a `TokenVerifier` does. The issuer that a token names chooses who verifies it, and that one alone decides:
 * no key of one issuer ever vouches for a token of another. A token that names no issuer known here goes to the gateway's own, which refuses it.
 */
export class TokenVerifiers extends TokenVerifier {
  readonly #byIssuer = new Map<string, TokenVerifier>();
  readonly #names: readonly string[];

  /**
   * @param own the gateway's own issuer, whose name is `default`
   * @param others further issuers by their names
   * @throws TypeError when a name cannot be used or two of them stand for the same issuer
   */
  constructor(own: TokenVerifierOptions, others: Readonly<Record<string, TokenVerifierOptions>>, deps: TokenVerifierDeps) {
    super({ ...own, name: defaultIssuer }, deps);
    for (const [name, options] of Object.entries(others)) {
      if (!issuerName.test(name) || name === defaultIssuer) throw new TypeError(`An issuer cannot have the name ${JSON.stringify(name)}`);
      if (options.issuer === own.issuer || this.#byIssuer.has(options.issuer)) throw new TypeError(`The issuer ${options.issuer} has two names, one of them ${name}`);
      this.#byIssuer.set(options.issuer, new TokenVerifier({ ...options, name }, deps));
    }
    this.#names = Object.freeze([defaultIssuer, ...Object.keys(others)]);
  }

  override get issuerNames(): readonly string[] {
    return this.#names;
  }

  override recall(token: string): VerifiedToken | undefined {
    let known = super.recall(token);
    if (!known) for (const verifier of this.#byIssuer.values()) if ((known = verifier.recall(token))) break;
    return known;
  }

  override verifyAnew(token: string): Awaitable<VerifiedToken> {
    const other = this.#byIssuer.get(unverifiedIssuer(token) ?? '');
    return other ? other.verifyAnew(token) : super.verifyAnew(token);
  }

  override async prefetch(): Promise<void> {
    await Promise.all([super.prefetch(), ...Array.from(this.#byIssuer.values(), (verifier) => verifier.prefetch())]);
  }

  override purge(which: { readonly sid: string } | { readonly jti: string }): number {
    return [...this.#byIssuer.values()].reduce((sum, verifier) => sum + verifier.purge(which), super.purge(which));
  }
}
