import type { Awaitable } from '@portico/core';
import type { RouteEntry } from './kept-route-answer.js';

/** Where answers of routes lie: in this process, or in a store that several share. May throw or reject: `RouteCacheStore` takes that for a miss. */
export interface RouteEntries {
  /** Largest body that is kept, in bytes. */
  readonly maxEntryBytes: number;
  /** The entry under `key`; what it holds must not be changed. */
  read(key: string): Awaitable<RouteEntry | undefined>;
  /** Keeps `entry` for `keepMs`, or until it is displaced. */
  write(key: string, entry: RouteEntry, keepMs: number): Awaitable<void>;
  /** Drops the entry under `key`, if there is one. */
  delete(key: string): Awaitable<void>;
  /** Drops all entries of a region; gives their number. */
  purgeRegion(region: string): Awaitable<number>;
  /** Drops all entries of a URI, of whatever region, method and caller; gives their number. */
  purgeUri(uri: string): Awaitable<number>;
}
