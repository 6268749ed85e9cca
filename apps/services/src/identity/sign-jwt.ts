import { sign, type KeyObject } from 'node:crypto';
import { encodePart } from '../access/jwt-part.js';

/** A compact JWS (RFC 7515, 3.1) with an RS256 signature, whatever the header says. */
export function signJwt(header: object, claims: object, privateKey: KeyObject): string {
  const text = `${encodePart(header)}.${encodePart(claims)}`;
  return `${text}.${sign('RSA-SHA256', Buffer.from(text), privateKey).toString('base64url')}`;
}
