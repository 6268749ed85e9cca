import type { Algorithm } from 'jsonwebtoken';
import type { Clock } from '@portico/core';

/** Signature algorithms with a public key (RFC 7518 3.1). */
export type TokenAlgorithm = Extract<Algorithm, `${'RS' | 'PS' | 'ES'}${string}`>;

export interface TokenVerifierOptions {
  /** Issuer whose tokens are accepted; compared character by character (RFC 8414 3.3). */
  readonly issuer: string;
  /** The gateway's own name: a token must be meant for it. */
  readonly audience: string;
  /** Where the issuer publishes its keys; by default what `<issuer>/.well-known/openid-configuration` says. */
  readonly jwksUri?: string | undefined;
  /** RS256, PS256 and ES256 by default. */
  readonly algorithms?: readonly TokenAlgorithm[] | undefined;
  /** How far clocks may differ, in s; 5 by default. */
  readonly clockToleranceS?: number | undefined;
  /** Longest life of a token, in s; 24 h by default. */
  readonly maxTokenLifeS?: number | undefined;
  /** How many verified tokens are remembered; 10,000 by default. */
  readonly cacheEntries?: number | undefined;
  /** Age at which keys are fetched anew in the background, in s; 300 by default. */
  readonly refreshKeysS?: number | undefined;
  /** How long keys serve while the issuer cannot be reached, in s; 24 h by default. */
  readonly maxStaleKeysS?: number | undefined;
  /** Longest wait for the issuer, in ms; 3,000 by default. */
  readonly fetchTimeoutMs?: number | undefined;
}

/** What a verifier needs from its surroundings. */
export interface TokenVerifierDeps {
  readonly clock: Clock;
  /** Fetches a JSON document; rejects for whatever is no success. */
  readonly fetchJson: (url: string) => Promise<unknown>;
}

/** Options with every default filled in. */
export type TokenVerifierConfig = { readonly [K in Exclude<keyof TokenVerifierOptions, 'jwksUri'>]-?: NonNullable<TokenVerifierOptions[K]> } & {
  readonly jwksUri: string | undefined;
};

const defaultAlgorithms: readonly TokenAlgorithm[] = ['RS256', 'PS256', 'ES256'];

/** Fills in the defaults. */
export function tokenVerifierConfig(options: TokenVerifierOptions): TokenVerifierConfig {
  return Object.freeze({
    issuer: options.issuer,
    audience: options.audience,
    jwksUri: options.jwksUri,
    algorithms: options.algorithms ?? defaultAlgorithms,
    clockToleranceS: options.clockToleranceS ?? 5,
    maxTokenLifeS: options.maxTokenLifeS ?? 86_400,
    cacheEntries: options.cacheEntries ?? 10_000,
    refreshKeysS: options.refreshKeysS ?? 300,
    maxStaleKeysS: options.maxStaleKeysS ?? 86_400,
    fetchTimeoutMs: options.fetchTimeoutMs ?? 3_000,
  });
}
