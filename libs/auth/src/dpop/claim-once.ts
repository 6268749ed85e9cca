import { isPorticoError, PorticoError, type Awaitable } from '@portico/core';
import type { ReplayStore } from './replay-store.js';

/**
 * Claims `key`, and refuses where that fails. Returns no promise unless the store does.
 * @param used makes the error for a key that was used before
 * @throws PorticoError AUTHORITY_UNAVAILABLE when the store cannot tell
 */
export function claimOnce(store: ReplayStore, key: string, ttlMs: number, used: () => PorticoError): Awaitable<void> {
  const settle = (first: boolean): void => {
    if (!first) throw used();
  };
  try {
    const first = store.claim(key, ttlMs);
    return first instanceof Promise ? first.then(settle, unavailable) : settle(first);
  } catch (cause) {
    return unavailable(cause);
  }
}

function unavailable(cause: unknown): never {
  if (isPorticoError(cause)) throw cause;
  throw new PorticoError('AUTHORITY_UNAVAILABLE', { detail: 'It cannot be told now whether this was used before.', headers: { 'retry-after': '1' }, cause });
}
