import { createPublicKey, type KeyObject } from 'node:crypto';
import type { JsonWebKey } from 'node:crypto';

/** A published key, ready to verify with. */
export interface VerificationKey {
  readonly kid: string;
  /** The one algorithm that this key serves (RFC 8725 3.1). */
  readonly algorithm: string;
  readonly key: KeyObject;
}

const maxKeys = 100;
const minRsaBits = 2048;
const algorithmOfCurve: Readonly<Record<string, string>> = { 'P-256': 'ES256', 'P-384': 'ES384', 'P-521': 'ES512' };

/**
 * The usable keys of a JWK set (RFC 7517), by their id; what cannot serve is left out. A key without `alg` serves RS256, or what its curve says.
 * @throws TypeError when `document` is no JWK set
 */
export function verificationKeys(document: unknown, algorithms: readonly string[]): Map<string, VerificationKey> {
  const published = (document as { keys?: unknown } | null | undefined)?.keys;
  if (!Array.isArray(published)) throw new TypeError('The issuer answered no JWK set');
  const keys = new Map<string, VerificationKey>();
  for (const jwk of published.slice(0, maxKeys) as JsonWebKey[]) {
    const key = verificationKey(jwk, algorithms);
    if (key && !keys.has(key.kid)) keys.set(key.kid, key);
  }
  return keys;
}

function verificationKey(jwk: JsonWebKey, algorithms: readonly string[]): VerificationKey | undefined {
  if (typeof jwk !== 'object' || jwk === null) return undefined;
  const { kid, kty, use, key_ops: operations } = jwk;
  if (typeof kid !== 'string' || (kty !== 'RSA' && kty !== 'EC')) return undefined;
  if (use !== undefined && use !== 'sig') return undefined;
  if (Array.isArray(operations) && !operations.includes('verify')) return undefined;
  const algorithm = jwk.alg ?? (kty === 'RSA' ? 'RS256' : algorithmOfCurve[String(jwk.crv)]);
  if (typeof algorithm !== 'string' || !algorithms.includes(algorithm)) return undefined;
  try {
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    if (kty === 'RSA' && (key.asymmetricKeyDetails?.modulusLength ?? 0) < minRsaBits) return undefined;
    return { kid, algorithm, key };
  } catch {
    return undefined;
  }
}
