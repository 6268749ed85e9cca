import type { TokenProfile } from './token-verifier.config.js';

/** How a kind of tokens names itself in `typ` (RFC 8725 3.11). */
export interface TokenType {
  readonly names: RegExp;
  /** Whether a token without `typ` is taken too. */
  readonly untypedToo: boolean;
}

/** The types of access tokens (RFC 9068 2.1), by the profile of their issuer. */
export const accessTokenTypes: Readonly<Record<TokenProfile, TokenType>> = {
  rfc9068: { names: /^(?:application\/)?at\+jwt$/i, untypedToo: false },
  plain: { names: /^(?:(?:application\/)?at\+jwt|jwt)$/i, untypedToo: true },
};
