import type { Awaitable } from '@portico/core';

/**
 * Which access tokens are over before their time: those of a session (`sid`), one alone (`jti`), or all of a user (`sub`) that were issued up to a moment,
 * in ms since the Unix epoch; tokens tell it in whole seconds, and one that does not tell it counts as issued before. Of one issuer (`iss`), or of every one.
 */
export type Revocation = { readonly iss?: string | undefined } & ({ readonly sid: string } | { readonly jti: string } | { readonly sub: string; readonly beforeEpochMs: number });

/** The access tokens that are over before their time. Each revocation is kept until no token that it concerns can be valid any longer. */
export interface Revocations {
  /** Changes with every revocation: who remembers a token need not ask about it again as long as this stays the same. */
  readonly version: number;
  /** Whether a token with these verified claims is over. */
  isRevoked(claims: Readonly<Record<string, unknown>>): boolean;
  /**
   * Ends tokens: at once in this process, and when it returns, or its promise resolves, for everybody who shares the list.
   * @throws Error when others could not be told; it holds in this process all the same
   */
  revoke(which: Revocation): Awaitable<void>;
}

/** For where nothing is revoked. */
export const noRevocations: Pick<Revocations, 'version' | 'isRevoked'> = Object.freeze({ version: 0, isRevoked: () => false });
