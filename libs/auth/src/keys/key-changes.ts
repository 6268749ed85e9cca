import { PorticoError } from '@portico/core';
import { readApiKey, writeApiKey } from './api-key-json.js';
import { isLiveKey, type ApiKeyRecord } from './api-key-record.js';
import type { PutApiKeyOptions } from './api-key-store.js';

/** Makes other keys of those that are there. What has not changed stays the same object. */
export type KeyChange = (keys: readonly ApiKeyRecord[]) => readonly ApiKeyRecord[];

/** Adds a key: by slots, so that no partner ever has more than two live ones. @throws PorticoError STATE_CONFLICT; TypeError for what could not be read again */
export function adding(record: ApiKeyRecord, { replacing = false }: PutApiKeyOptions, epochMs: number): KeyChange {
  readApiKey(writeApiKey(record));
  return (keys) => {
    if (keys.some(({ id }) => id === record.id)) throw new PorticoError('STATE_CONFLICT', { detail: `There is a key with the id ${record.id} already.` });
    const held = keys.filter((key) => key.partner.clientId === record.partner.clientId && key.slot === record.slot && isLiveKey(key, epochMs));
    if (held.length > 0 && !replacing) throw new PorticoError('STATE_CONFLICT', { detail: `The ${record.slot} key of ${record.partner.clientId} is live: rotate or revoke it.` });
    return [...keys.map((key) => (held.includes(key) ? { ...key, revokedAtMs: epochMs } : key)), record];
  };
}

/** Revokes a key. @throws PorticoError RESOURCE_NOT_FOUND */
export function revoking(id: string, epochMs: number): KeyChange {
  return (keys) => {
    if (!keys.some((key) => key.id === id)) throw new PorticoError('RESOURCE_NOT_FOUND', { detail: `No key has the id ${id}.` });
    return keys.map((key) => (key.id === id && key.revokedAtMs === undefined ? { ...key, revokedAtMs: epochMs } : key));
  };
}
