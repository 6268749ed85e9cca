import { decodePart, encodePart } from '../access/jwt-part.js';
import { signJwt } from './sign-jwt.js';
import type { SigningKey } from './signing-keys.js';

/** What can be wrong with an ID token. */
export type Tampering = 'nonce' | 'audience' | 'issuer' | 'unsigned' | 'expired';

const hourSeconds = 60 * 60;

/** The same token with one thing wrong and, unless that is the signature, signed well: only a check of this one thing finds it. */
export function tamperedToken(token: string, tampering: Tampering, key: SigningKey): string {
  const [head = '', body = ''] = token.split('.');
  const header = decodePart(head);
  const claims = decodePart(body);
  if (tampering === 'unsigned') return `${encodePart({ ...header, alg: 'none' })}.${body}.`;
  return signJwt(header, { ...claims, ...wrongClaims(tampering, claims) }, key.privateKey);
}

function wrongClaims(tampering: Exclude<Tampering, 'unsigned'>, { iat, exp }: Record<string, unknown>): Record<string, unknown> {
  switch (tampering) {
    case 'nonce':
      return { nonce: 'of-another-login' };
    case 'audience':
      return { aud: 'another-client' };
    case 'issuer':
      return { iss: 'https://another-issuer.example' };
    case 'expired':
      return { iat: Number(iat) - 2 * hourSeconds, exp: Number(exp) - 2 * hourSeconds };
  }
}
