import { constants, verify, type KeyObject, type VerifyKeyObjectInput } from 'node:crypto';

/** A public key, with everything that one algorithm needs to verify with it. */
export interface SignatureKey {
  /** Name of the digest; null where the algorithm has its own. */
  readonly digest: string | null;
  readonly key: VerifyKeyObjectInput;
}

const { RSA_PKCS1_PADDING, RSA_PKCS1_PSS_PADDING, RSA_PSS_SALTLEN_DIGEST } = constants;
const plain = { dsaEncoding: 'ieee-p1363', padding: RSA_PKCS1_PADDING } as const;
const pss = { padding: RSA_PKCS1_PSS_PADDING, saltLength: RSA_PSS_SALTLEN_DIGEST } as const;

/**
 * Prepares `key`, whose type must be that of `algorithm` (RFC 7518 3.1, RFC 8037, RFC 9864), for `isSigned`.
 * @throws TypeError for an algorithm that has no public key
 */
export function signatureKey(algorithm: string, key: KeyObject): SignatureKey {
  if (algorithm === 'EdDSA' || algorithm === 'Ed25519') return { digest: null, key: { key } };
  const [, family, bits] = /^(RS|PS|ES)(256|384|512)$/.exec(algorithm) ?? [];
  if (bits === undefined) throw new TypeError(`No signature is verified with ${algorithm}`);
  // Each family reads only what concerns it.
  return { digest: `sha${bits}`, key: { key, ...(family === 'PS' ? pss : plain) } };
}

/** Whether the signature of the JWS `text` (RFC 7515 5.2) was made with the private part of `key`. Does not wait. */
export function isSigned(text: string, { digest, key }: SignatureKey): boolean {
  const end = text.lastIndexOf('.');
  return verify(digest, Buffer.from(text.slice(0, end), 'latin1'), key, Buffer.from(text.slice(end + 1), 'base64url'));
}
