import { generateKeyPair } from 'node:crypto';
import type { JWKS } from 'oidc-provider';
import { promisify } from 'node:util';

/** A key set with one fresh RSA key for RS256; tokens of an earlier start are therefore no longer good. */
export async function generateSigningKeys(): Promise<JWKS> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' }] } as JWKS;
}
