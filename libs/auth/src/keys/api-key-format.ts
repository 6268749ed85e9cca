import { randomBytes } from 'node:crypto';
import { secretDigest } from './secret-digest.js';

/** A key as it is sent, in its two parts. */
export interface ApiKeyText {
  readonly id: string;
  readonly secret: string;
}

/** A key that has just been made; the only place where its secret stands. */
export interface NewApiKey {
  readonly id: string;
  /** The whole key, as the partner sends it. */
  readonly text: string;
  /** SHA-256 of its secret. */
  readonly secretDigest: Buffer;
}

/** What every key begins with, so that scanners find one that was published. */
export const apiKeyPrefix = 'bffk_';

/** What the id of a key may be. */
export const apiKeyId = /^[A-Za-z0-9_-]{12,64}$/;

// 32 bytes in base64url without padding (RFC 4648 5) are 43 characters.
const form = new RegExp(`^${apiKeyPrefix}([A-Za-z0-9_-]{12,64})\\.([A-Za-z0-9_-]{43})$`);

/** Reads `bffk_<id>.<secret>`; undefined for whatever is no key. */
export function parseApiKey(text: string): ApiKeyText | undefined {
  const match = form.exec(text);
  return match ? { id: match[1] as string, secret: match[2] as string } : undefined;
}

/** Makes a key with an id of 16 characters and a secret of 256 random bits. */
export function newApiKey(): NewApiKey {
  // Hexadecimal: an id begins with no hyphen, which a command would take for an option.
  const id = randomBytes(8).toString('hex');
  const secret = randomBytes(32).toString('base64url');
  return { id, text: `${apiKeyPrefix}${id}.${secret}`, secretDigest: secretDigest(secret) };
}
