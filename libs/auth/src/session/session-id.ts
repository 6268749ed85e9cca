import { hash, randomBytes } from 'node:crypto';

const wellFormed = /^[\w-]{43}$/;

/** A new session id: 256 random bits, base64url. */
export function newSessionId(): string {
  return randomBytes(32).toString('base64url');
}

/** Whether `text` can be a session id at all, so that nothing else ever reaches a store. */
export function isSessionId(text: string): boolean {
  return wellFormed.test(text);
}

/** What a store keeps in place of an id: whoever reads the store cannot take over a session. */
export function hashedSessionId(id: string): string {
  return hash('sha256', id, 'base64url');
}
