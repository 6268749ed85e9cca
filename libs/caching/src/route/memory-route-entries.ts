import { LRUCache } from 'lru-cache';
import { KeyIndex, type Clock } from '@portico/core';
import type { RouteEntry } from './kept-route-answer.js';
import type { RouteEntries } from './route-entries.js';

/** Bounds of the memory for answers of routes. */
export interface MemoryRouteEntriesOptions {
  readonly clock: Clock;
  /** Most entries; 10,000 by default. */
  readonly maxEntries?: number | undefined;
  /** Most memory of all entries, in bytes, keys and header fields counted at two a character; 64 MiB by default. */
  readonly maxBytes?: number | undefined;
  /** Largest body that is kept, in bytes; 1 MiB by default, and at most a quarter of `maxBytes`. */
  readonly maxEntryBytes?: number | undefined;
}

interface Slot {
  readonly entry: RouteEntry;
  readonly endsAt: number;
}

// What objects, places in the map and in both indexes take, roughly.
const slotBytes = 768;

/** Keeps answers of routes in this process, within bounds that it cannot outgrow: the least recently used go first. Bodies are bytes, kept as they are. */
export class MemoryRouteEntries implements RouteEntries {
  readonly maxEntryBytes: number;
  readonly #slots: LRUCache<string, Slot>;
  readonly #regions = new KeyIndex();
  readonly #uris = new KeyIndex();
  readonly #clock: Clock;

  constructor(options: MemoryRouteEntriesOptions) {
    const { clock, maxEntries = 10_000, maxBytes = 64 * 1024 * 1024, maxEntryBytes = 1024 * 1024 } = options;
    this.maxEntryBytes = Math.min(maxEntryBytes, Math.floor(maxBytes / 4));
    this.#clock = clock;
    this.#slots = new LRUCache({
      max: maxEntries,
      maxSize: maxBytes,
      sizeCalculation: ({ entry }, key) => sizeOf(entry, key),
      dispose: ({ entry }, key) => {
        this.#regions.delete(entry.region, key);
        this.#uris.delete(entry.uri, key);
      },
    });
  }

  get size(): number {
    return this.#slots.size;
  }

  /** Bytes in use, as they are counted against the bound. */
  get bytes(): number {
    return this.#slots.calculatedSize;
  }

  read(key: string): RouteEntry | undefined {
    const slot = this.#slots.get(key);
    if (!slot) return undefined;
    if (slot.endsAt > this.#clock.now()) return slot.entry;
    this.#slots.delete(key);
    return undefined;
  }

  write(key: string, entry: RouteEntry, keepMs: number): void {
    this.#slots.set(key, { entry, endsAt: this.#clock.now() + keepMs });
    if (!this.#slots.has(key)) return;
    this.#regions.add(entry.region, key);
    this.#uris.add(entry.uri, key);
  }

  delete(key: string): void {
    this.#slots.delete(key);
  }

  purgeRegion(region: string): number {
    return this.#drop(this.#regions.keysOf(region));
  }

  purgeUri(uri: string): number {
    return this.#drop(this.#uris.keysOf(uri));
  }

  /** Drops everything. */
  clear(): void {
    this.#slots.clear();
  }

  #drop(keys: readonly string[]): number {
    for (const key of keys) this.#slots.delete(key);
    return keys.length;
  }
}

function sizeOf(entry: RouteEntry, key: string): number {
  let bytes = slotBytes + 2 * (key.length + entry.uri.length);
  if (entry.kind === 'vary') return bytes;
  // They are held twice: as they are sent, and in part by the library's policy.
  for (const [name, value] of entry.headers) bytes += 4 * (name.length + value.length);
  return bytes + entry.body.length;
}
