import { createHmac, sign } from 'node:crypto';
import type { IssuerKey } from './little-issuer.js';

const encode = (text: string) => Buffer.from(text).toString('base64url');

/** A token whose header and payload are these texts, as no object could hold them, signed with RS256. */
export function rawToken(key: IssuerKey, header: string, payload: string): string {
  const input = `${encode(header)}.${encode(payload)}`;
  return `${input}.${sign('sha256', Buffer.from(input), key.privateKey).toString('base64url')}`;
}

/** The same, with the HMAC by `secret` in place of a signature. */
export function hmacToken(secret: string, header: string, payload: string): string {
  const input = `${encode(header)}.${encode(payload)}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}
