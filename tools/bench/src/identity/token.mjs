import { randomUUID, sign } from 'node:crypto';

const lifetimeSeconds = 3_600;

/**
 * A JWT access token of the profile of RFC 9068, signed with RS256.
 * @param {import('node:crypto').KeyObject} privateKey
 * @param {string} kid
 * @param {{ iss: string, aud: string }} claims
 * @param {number} [nowSeconds] since 1970
 * @returns {string}
 */
export function signToken(privateKey, kid, claims, nowSeconds = Math.floor(Date.now() / 1_000)) {
  const payload = {
    ...claims,
    sub: 'customer-1',
    client_id: 'bench',
    jti: randomUUID(),
    iat: nowSeconds,
    exp: nowSeconds + lifetimeSeconds,
    scope: 'shop.read',
  };
  const signed = `${encoded({ typ: 'at+jwt', alg: 'RS256', kid })}.${encoded(payload)}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
}

/** @param {unknown} part */
const encoded = (part) => Buffer.from(JSON.stringify(part)).toString('base64url');
