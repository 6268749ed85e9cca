import type { Algorithm } from 'jsonwebtoken';
import type { Clock } from '@portico/core';
import { defaultIssuer } from './issued-caller.js';
import type { Revocations } from './revocation/revocations.js';

/** Signature algorithms with a public key (RFC 7518 3.1). */
export type TokenAlgorithm = Extract<Algorithm, `${'RS' | 'PS' | 'ES'}${string}`>;

/** Every one of them. */
export const tokenAlgorithms: readonly TokenAlgorithm[] = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512'];

export interface TokenVerifierOptions {
  /** Issuer whose tokens are accepted; compared character by character (RFC 8414 3.3). */
  readonly issuer: string;
  /** The gateway's own name: a token must be meant for it. */
  readonly audience: string;
  /** Where the issuer publishes its keys; by default, or when it is empty, what `<issuer>/.well-known/openid-configuration` says. */
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
  /** Which tokens are taken; `rfc9068` by default. */
  readonly profile?: TokenProfile | undefined;
  /** Name of the issuer among several; `default` by default. */
  readonly name?: string | undefined;
}

/**
 * `rfc9068`: access tokens by RFC 9068. `plain`: also those of issuers that do not follow it: `typ` JWT or none, no `jti` or `iat`, the client in `azp`, scopes as a list or in `scp`.
 * A plain token tells neither an ID token from an access token, so its audience must be the gateway's alone, nor always a client application from a user.
 */
export type TokenProfile = 'rfc9068' | 'plain';

/** What a verifier needs from its surroundings. */
export interface TokenVerifierDeps {
  readonly clock: Clock;
  /** Fetches a JSON document; rejects for whatever is no success. */
  readonly fetchJson: (url: string) => Promise<unknown>;
  /** Tokens that are over before their time; none by default. */
  readonly revocations?: Pick<Revocations, 'version' | 'isRevoked'> | undefined;
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
    jwksUri: options.jwksUri || undefined,
    algorithms: options.algorithms ?? defaultAlgorithms,
    clockToleranceS: options.clockToleranceS ?? 5,
    maxTokenLifeS: options.maxTokenLifeS ?? 86_400,
    cacheEntries: options.cacheEntries ?? 10_000,
    refreshKeysS: options.refreshKeysS ?? 300,
    maxStaleKeysS: options.maxStaleKeysS ?? 86_400,
    fetchTimeoutMs: options.fetchTimeoutMs ?? 3_000,
    profile: options.profile ?? 'rfc9068',
    name: options.name ?? defaultIssuer,
  });
}
