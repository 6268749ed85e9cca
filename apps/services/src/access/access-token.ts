import { verify, type KeyObject } from 'node:crypto';
import { decodePart } from './jwt-part.js';

/** What a good access token says about the call (RFC 9068, 2.2). */
export interface AccessClaims {
  readonly sub: string;
  readonly clientId: string;
  readonly jti: string;
  readonly scopes: ReadonlySet<string>;
  /** Seconds since 1970. */
  readonly expiresAtSeconds: number;
  /** Whether it is good only together with a proof of the client's key (`cnf`, RFC 9449, 6). */
  readonly bound: boolean;
  /** Which key signed it. */
  readonly kid: string;
}

/** What a token is held against. */
export interface AccessTokenRule {
  readonly issuer: string;
  readonly audience: string;
  readonly nowSeconds: number;
  /** The public key of that id; undefined if the issuer does not publish it. */
  readonly key: (kid: string) => KeyObject | undefined;
}

/** Three parts in base64url without padding; the signature of a 2048 bit key fits well. */
const compact = /^[\w-]{1,4096}\.[\w-]{1,16384}\.[\w-]{1,2048}$/;

const types = new Set(['at+jwt', 'application/at+jwt']);

/** How far the clocks of issuer and service may differ, in seconds. */
const skewSeconds = 5;

/**
 * Checks a JWT access token: RS256 by a key of the issuer, type, issuer, audience, expiry and the claims that RFC 9068 asks
 * for (sections 2.2 and 4). Whether the caller holds the key of a bound token is not looked at here. Returns undefined for
 * whatever is not good.
 */
export function verifyAccessToken(token: string, rule: AccessTokenRule): AccessClaims | undefined {
  if (!compact.test(token)) return undefined;
  const kid = keyIdOf(token);
  const key = kid === undefined ? undefined : rule.key(kid);
  if (kid === undefined || !key) return undefined;
  const end = token.lastIndexOf('.');
  if (!verify('RSA-SHA256', Buffer.from(token.slice(0, end)), key, Buffer.from(token.slice(end + 1), 'base64url'))) return undefined;
  return readClaims(token.slice(token.indexOf('.') + 1, end), kid, rule);
}

/** The key that a token names, if its header is one that can be good at all: headers that lead to other keys are not followed (RFC 8725, 3.10). */
export function keyIdOf(token: string): string | undefined {
  const header = tryDecode(token.slice(0, token.indexOf('.')));
  if (!header || header.alg !== 'RS256' || !types.has(header.typ as string)) return undefined;
  for (const name of ['crit', 'jku', 'jwk', 'x5u', 'x5c']) if (Object.hasOwn(header, name)) return undefined;
  return typeof header.kid === 'string' && header.kid.length <= 128 ? header.kid : undefined;
}

function readClaims(part: string, kid: string, { issuer, audience, nowSeconds }: AccessTokenRule): AccessClaims | undefined {
  const claims = tryDecode(part);
  if (!claims || claims.iss !== issuer || claims.aud !== audience) return undefined;
  const { exp, iat, sub, client_id: clientId, jti, scope = '' } = claims;
  if (typeof exp !== 'number' || typeof iat !== 'number' || exp + skewSeconds <= nowSeconds || iat > nowSeconds + skewSeconds) return undefined;
  if (typeof sub !== 'string' || typeof clientId !== 'string' || typeof jti !== 'string' || typeof scope !== 'string') return undefined;
  return { sub, clientId, jti, scopes: new Set(scope.split(' ').filter((name) => name !== '')), expiresAtSeconds: exp, bound: claims.cnf !== undefined, kid };
}

function tryDecode(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return decodePart(part);
  } catch {
    return undefined;
  }
}
