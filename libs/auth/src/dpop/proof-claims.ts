/** Claims of a proof that are needed once it has been found good. */
export interface ProofClaims {
  readonly iat: number;
  readonly jti: string;
}

/** What a proof must say about the request that brings it (RFC 9449 4.3). */
export interface ExpectedProof {
  readonly method: string;
  readonly ath: string;
  /** Whether `htu` names the target of the request. */
  readonly isTarget: (htu: string) => boolean;
  /** The earliest `iat`, in s since the Unix epoch. */
  readonly notBeforeS: number;
  /** The latest `iat`, in s since the Unix epoch. */
  readonly notAfterS: number;
}

// Kept as part of a key for as long as the proof could be used.
const maxJtiLength = 256;

/**
 * Checks the claims of a proof.
 * @throws TypeError with the reason of the refusal
 */
export function checkProofClaims({ htm, htu, iat, jti, ath }: Readonly<Record<string, unknown>>, expected: ExpectedProof): ProofClaims {
  if (typeof jti !== 'string' || jti.length === 0 || jti.length > maxJtiLength) throw new TypeError('jti is not usable');
  if (typeof iat !== 'number') throw new TypeError('iat must be a number');
  if (iat < expected.notBeforeS) throw new TypeError('The proof is too old');
  if (iat > expected.notAfterS) throw new TypeError('The proof was made in the future');
  if (htm !== expected.method) throw new TypeError('The proof is for another method');
  if (typeof htu !== 'string' || !expected.isTarget(htu)) throw new TypeError('The proof is for another address');
  if (ath !== expected.ath) throw new TypeError('The proof is for another token');
  return { iat, jti };
}
