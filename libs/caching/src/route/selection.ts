import { hash } from 'node:crypto';
import type { HeaderList } from '@portico/core';

// Nothing by which someone could pass for someone else lies in a store, or in a key.
const credentials = new Set(['authorization', 'cookie']);

/** Names in a `Vary` field, in lower case, sorted, each once; undefined when it says that no other request may have the answer (`*`). */
export function varyNames(field: string | undefined): string[] | undefined {
  if (field === undefined) return [];
  const names = field.split(',').map((name) => name.trim().toLowerCase()).filter((name) => name !== '');
  return names.includes('*') ? undefined : [...new Set(names)].sort();
}

/** The request header fields `names` that are there, as `Vary` compares them. */
export function selectedFields(headers: HeaderList, names: readonly string[]): Record<string, string> {
  const selected: Record<string, string> = {};
  for (const name of names) {
    const value = headers.get(name);
    if (value !== undefined) selected[name] = veiled(name, value);
  }
  return selected;
}

/** Digest of the request header fields `names`: the same only for the same values; '' when there are no names. */
export function selectionOf(headers: HeaderList, names: readonly string[]): string {
  if (names.length === 0) return '';
  let text = '';
  for (const name of names) text += keyPart(name) + keyPart(headers.get(name));
  return digestOf(text);
}

/** `value` as it may stand in a store or in a key. */
export function veiled(name: string, value: string): string {
  return credentials.has(name) ? digestOf(value) : value;
}

/** A variable part of a key, with its length, so that no content can pass for a border. */
export function keyPart(value: string | undefined): string {
  return value === undefined ? '-' : `${value.length}:${value}`;
}

/** SHA-256 in base64url. */
export function digestOf(content: string | Buffer): string {
  return hash('sha256', content, 'base64url');
}
