import { createHash } from 'node:crypto';

/** To which key an access token is bound (RFC 9449 6.1), and how proofs name the token. */
export interface TokenBinding {
  /** Thumbprint of the key (RFC 7638). */
  readonly jkt: string;
  /** Digest of the token that a proof must hold (RFC 9449 4.2). */
  readonly ath: string;
}

const sha256InBase64url = /^[\w-]{43}$/;

/**
 * What the claims of `token` bind it to; undefined for a token that is free.
 * @throws TypeError when it is bound by anything else than a DPoP key, a certificate (RFC 8705 3) for instance: nobody here could check that
 */
export function tokenBinding(token: string, claims: Readonly<Record<string, unknown>>): TokenBinding | undefined {
  if (!Object.hasOwn(claims, 'cnf')) return undefined;
  const confirmation = claims['cnf'];
  const members = typeof confirmation === 'object' && confirmation !== null ? Object.entries(confirmation) : [];
  const [[name, jkt] = []] = members;
  if (members.length !== 1 || name !== 'jkt' || typeof jkt !== 'string' || !sha256InBase64url.test(jkt)) throw new TypeError('The token is bound by something that cannot be checked');
  return { jkt, ath: createHash('sha256').update(token).digest('base64url') };
}
