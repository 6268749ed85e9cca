import { createHash } from 'node:crypto';

/** Members of a public JWK that make the key, in the order in which its digest takes them. */
const membersOfType: Readonly<Record<string, readonly string[]>> = { EC: ['crv', 'kty', 'x', 'y'], OKP: ['crv', 'kty', 'x'], RSA: ['e', 'kty', 'n'] };

/**
 * The members of `jwk` that its thumbprint covers (RFC 7638 3.2, RFC 8037 2), and nothing else of it.
 * @throws TypeError for another type of key, or when one of them is no text
 */
export function essentialMembers(jwk: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const { kty } = jwk;
  const names = typeof kty === 'string' && Object.hasOwn(membersOfType, kty) ? membersOfType[kty] : undefined;
  if (!names) throw new TypeError('Such a key is not known');
  return Object.fromEntries(
    names.map((name) => {
      const value = jwk[name];
      if (typeof value !== 'string') throw new TypeError(`The key lacks ${name}`);
      return [name, value];
    }),
  );
}

/** Thumbprint (RFC 7638) of a key by its `essentialMembers`: SHA-256 in base64url. */
export function jwkThumbprint(members: Readonly<Record<string, string>>): string {
  return createHash('sha256').update(JSON.stringify(members)).digest('base64url');
}
