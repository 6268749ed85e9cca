import type { Awaitable } from '@portico/core';

/** Remembers what may be used once only: ids of proofs (RFC 9449 11.1) and of logout tokens. */
export interface ReplayStore {
  /**
   * Takes `key` for `ttlMs`: true for whoever comes first, false for everybody after him as long as that lasts.
   * @throws Error when it cannot tell, as a rejection where it is a promise; whoever asked must then refuse
   */
  claim(key: string, ttlMs: number): Awaitable<boolean>;
}
