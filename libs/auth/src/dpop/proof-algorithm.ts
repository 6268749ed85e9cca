/** Signature algorithms that a proof may use: all with a public key (RFC 9449 4.2). `Ed25519` is the newer name of what `EdDSA` means here (RFC 9864). */
export type ProofAlgorithm = 'ES256' | 'ES384' | 'ES512' | 'EdDSA' | 'Ed25519' | 'PS256' | 'PS384' | 'PS512' | 'RS256' | 'RS384' | 'RS512';

const rsa = { kty: 'RSA', crv: undefined };
const ed25519 = { kty: 'OKP', crv: 'Ed25519' };

/** The type of key that each of them takes, and no other (RFC 7518 3.1, RFC 8037 2). */
export const keyOfProofAlgorithm: Readonly<Record<ProofAlgorithm, { readonly kty: string; readonly crv: string | undefined }>> = {
  ES256: { kty: 'EC', crv: 'P-256' },
  ES384: { kty: 'EC', crv: 'P-384' },
  ES512: { kty: 'EC', crv: 'P-521' },
  EdDSA: ed25519,
  Ed25519: ed25519,
  PS256: rsa,
  PS384: rsa,
  PS512: rsa,
  RS256: rsa,
  RS384: rsa,
  RS512: rsa,
};

/** Every one of them. */
export const proofAlgorithms = Object.keys(keyOfProofAlgorithm) as readonly ProofAlgorithm[];
