import type { Awaitable } from '@portico/core';
import type { RouteEntry } from './kept-route-answer.js';

/** What is dropped at once: the entries of a region, of a URI, or all. */
export type Purge = { readonly kind: 'region' | 'uri'; readonly name: string } | { readonly kind: 'all' };

/** Where answers of routes lie: in this process, or in a store that several share. May throw or reject: `RouteCacheStore` takes that for a miss. */
export interface RouteEntries {
  /** Largest body that is kept, in bytes. */
  readonly maxEntryBytes: number;
  /** Of a store that several share: has `listener` told of what others purge, also of what they may have purged unheard. */
  readonly onPurged?: ((listener: (purge: Purge) => void) => void) | undefined;
  /** The entry under `key`; what it holds must not be changed. */
  read(key: string): Awaitable<RouteEntry | undefined>;
  /**
   * Keeps `entry` for `keepMs`, or until it is displaced.
   * @param callMs how long ago the call began that brought it: what was purged since must not come back
   */
  write(key: string, entry: RouteEntry, keepMs: number, callMs: number): Awaitable<void>;
  /** Drops the entry under `key`, if there is one. */
  delete(key: string): Awaitable<void>;
  /** Drops all entries of a region; gives their number. */
  purgeRegion(region: string): Awaitable<number>;
  /** Drops all entries of a URI, of whatever region, method and caller; gives their number. */
  purgeUri(uri: string): Awaitable<number>;
}
