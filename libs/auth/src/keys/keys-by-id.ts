import type { ApiKeyRecord } from './api-key-record.js';

/** Keys as a request looks for them. */
export type KeysById = ReadonlyMap<string, ApiKeyRecord>;

/** Puts keys under their ids. */
export function keysById(keys: readonly ApiKeyRecord[]): KeysById {
  return new Map(keys.map((key) => [key.id, key]));
}
