import type { ApiKeyRecord } from './api-key-record.js';

/** Keys of one client, or all of them where none is named, in the order in which they begin to be accepted. */
export function keysOf(keys: Iterable<ApiKeyRecord>, clientId: string | undefined): readonly ApiKeyRecord[] {
  return [...keys].filter(({ partner }) => clientId === undefined || partner.clientId === clientId).sort((a, b) => a.notBeforeMs - b.notBeforeMs);
}
