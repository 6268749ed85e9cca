import type { TokenVerifierConfig } from './token-verifier.config.js';

/** Claims of an access token that every verified token has (RFC 9068 2.2). */
export interface TokenClaims {
  readonly exp: number;
  readonly iat: number;
  readonly sub: string;
  readonly client_id: string;
  readonly jti: string;
  readonly scope?: string;
  readonly sid?: string;
  readonly [claim: string]: unknown;
}

/**
 * Checks the claims that passport-jwt leaves to the application; signature, issuer and audience are already verified.
 * @param nowS the time, in s since the Unix epoch
 * @throws TypeError with the reason of the refusal
 */
export function checkTokenClaims(claims: Record<string, unknown>, config: TokenVerifierConfig, nowS: number): asserts claims is TokenClaims {
  const { exp, iat, nbf } = claims;
  const { clockToleranceS } = config;
  if (!Number.isFinite(exp) || !Number.isFinite(iat)) throw new TypeError('exp and iat must be numbers');
  if (nowS >= (exp as number) + clockToleranceS) throw new TypeError('The token has expired');
  if ((iat as number) > nowS + clockToleranceS) throw new TypeError('The token was issued in the future');
  if ((exp as number) - (iat as number) > config.maxTokenLifeS) throw new TypeError('The token lives too long');
  if (nbf !== undefined && !(Number.isFinite(nbf) && (nbf as number) <= nowS + clockToleranceS)) throw new TypeError('The token is not valid yet');
  for (const name of ['sub', 'client_id', 'jti']) if (!isText(claims[name])) throw new TypeError(`${name} must be a text`);
  for (const name of ['scope', 'sid']) if (claims[name] !== undefined && typeof claims[name] !== 'string') throw new TypeError(`${name} must be a text`);
  // RFC 9449 7.2, RFC 8705 3: a bound token (`jkt`, `x5t#S256`) without the proof of its key may be a stolen one.
  if (Object.hasOwn(claims, 'cnf')) throw new TypeError('A bound token is not accepted as Bearer');
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.length > 0;
}
