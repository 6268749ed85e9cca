import { createPublicKey, verify, type JsonWebKey } from 'node:crypto';

type Part = Record<string, unknown>;

const read = (part: string | undefined): Part => JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'));

/** The parts of a JWT, not yet trusted. */
export function readJwt(token: string): { header: Part; claims: Part } {
  const [header, claims] = token.split('.');
  return { header: read(header), claims: read(claims) };
}

/** Whether one of the issuer's published keys made the RS256 signature. */
export async function isSigned(token: string, issuer: string): Promise<boolean> {
  const { keys } = (await (await fetch(`${issuer}/jwks`)).json()) as { keys: (JsonWebKey & { kid: string })[] };
  const key = keys.find(({ kid }) => kid === readJwt(token).header.kid);
  const at = token.lastIndexOf('.');
  return key !== undefined && verify('RSA-SHA256', Buffer.from(token.slice(0, at)), createPublicKey({ key, format: 'jwk' }), Buffer.from(token.slice(at + 1), 'base64url'));
}
