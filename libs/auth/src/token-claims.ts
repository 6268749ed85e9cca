import type { TokenVerifierConfig } from './token-verifier.config.js';

/** Claims of a verified access token (RFC 9068 2.2); what is optional here may only be missing in plain ones. */
export interface TokenClaims {
  readonly exp: number;
  readonly iat?: number;
  readonly sub: string;
  readonly client_id?: string;
  readonly azp?: string;
  readonly jti?: string;
  /** A list in plain tokens only, as `scp`. */
  readonly scope?: string | readonly string[];
  readonly scp?: string | readonly string[];
  readonly sid?: string;
  readonly [claim: string]: unknown;
}

/**
 * Checks the claims that passport-jwt leaves to the application; signature, issuer and audience are already verified.
 * @param nowS the time, in s since the Unix epoch
 * @throws TypeError with the reason of the refusal
 */
export function checkTokenClaims(claims: Record<string, unknown>, config: TokenVerifierConfig, nowS: number): asserts claims is TokenClaims {
  const { exp, nbf } = claims;
  const { clockToleranceS } = config;
  const plain = config.profile === 'plain';
  // A plain token that does not say when it was issued may live as long as any other from now on.
  const iat = claims['iat'] ?? (plain ? nowS : undefined);
  if (!Number.isFinite(exp) || !Number.isFinite(iat)) throw new TypeError('exp and iat must be numbers');
  if (nowS >= (exp as number) + clockToleranceS) throw new TypeError('The token has expired');
  if ((iat as number) > nowS + clockToleranceS) throw new TypeError('The token was issued in the future');
  if ((exp as number) - (iat as number) > config.maxTokenLifeS) throw new TypeError('The token lives too long');
  if (nbf !== undefined && !(Number.isFinite(nbf) && (nbf as number) <= nowS + clockToleranceS)) throw new TypeError('The token is not valid yet');
  for (const name of plain ? ['sub'] : ['sub', 'client_id', 'jti']) if (!isText(claims[name])) throw new TypeError(`${name} must be a text`);
  for (const name of plain ? ['client_id', 'azp', 'jti', 'sid'] : ['sid']) if (claims[name] !== undefined && typeof claims[name] !== 'string') throw new TypeError(`${name} must be a text`);
  for (const name of plain ? ['scope', 'scp'] : ['scope']) if (!isScope(claims[name], plain)) throw new TypeError(`${name} must be a text`);
  // Whoever copied such claims would give them inherited ones.
  if (Object.hasOwn(claims, '__proto__')) throw new TypeError('The token has a claim that is none');
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.length > 0;
}

function isScope(value: unknown, listToo: boolean): boolean {
  return value === undefined || typeof value === 'string' || (listToo && Array.isArray(value) && value.every((scope) => typeof scope === 'string'));
}
