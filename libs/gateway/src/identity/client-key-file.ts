import { createPrivateKey, generateKeyPairSync, type JsonWebKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ClientKey } from '@portico/auth';

const algorithm = 'ES256';

/**
 * The key by which a gateway proves to the identity provider who it is.
 * @param file a private JWK for ES256 with a `kid`; empty: a new key
 * @throws Error when the file is none
 */
export function clientKeyOf(file: string): ClientKey {
  if (file === '') return { kid: 'made-at-start', algorithm, privateKey: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey };
  try {
    const jwk = JSON.parse(readFileSync(file, 'utf8')) as JsonWebKey & { kid?: unknown };
    if (typeof jwk.kid !== 'string' || jwk['crv'] !== 'P-256') throw new TypeError('it is to have a kid and the curve P-256');
    return { kid: jwk.kid, algorithm, privateKey: createPrivateKey({ key: jwk, format: 'jwk' }) };
  } catch (cause) {
    throw new Error(`The key of the client cannot be read from ${file}: ${(cause as Error).message}`, { cause });
  }
}

/** The public half, as a JWK Set (RFC 7517 5) for the provider's `jwks_uri`. */
export function publicKeySet({ kid, privateKey }: ClientKey): string {
  return JSON.stringify({ keys: [{ ...publicPart(privateKey), kid, use: 'sig', alg: algorithm }] });
}

function publicPart(privateKey: KeyObject): object {
  const { kty, crv, x, y } = privateKey.export({ format: 'jwk' });
  return { kty, crv, x, y };
}
