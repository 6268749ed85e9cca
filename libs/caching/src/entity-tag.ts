import { hash } from 'node:crypto';

/**
 * The weak entity tag of a body: a digest, so that the same answer has the same tag in every replica.
 * Weak, because what stands before the gateway may compress the body.
 */
export function entityTag(body: string): string {
  return `W/"${hash('sha256', body, 'base64url').slice(0, 22)}"`;
}

// RFC 9110 8.8.3: an opaque tag may hold commas, and bytes above ASCII.
const listed = /(?:W\/)?"([\x21\x23-\x7e\x80-\xff]*)"/g;

/** Whether `If-None-Match` names `tag`, by weak comparison (RFC 9110 13.1.2); `*` names every one. */
export function namesTag(ifNoneMatch: string, tag: string): boolean {
  if (ifNoneMatch === tag || ifNoneMatch.trim() === '*') return true;
  const opaque = opaqueOf(tag);
  for (const match of ifNoneMatch.matchAll(listed)) if (match[1] === opaque) return true;
  return false;
}

function opaqueOf(tag: string): string {
  return tag.slice(tag.indexOf('"') + 1, -1);
}
