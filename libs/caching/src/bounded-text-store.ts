import { LRUCache } from 'lru-cache';
import type { Clock } from '@portico/core';

export interface BoundedTextStoreOptions {
  readonly clock: Clock;
  /** Most entries; 10,000 by default. */
  readonly maxEntries?: number | undefined;
  /** Most memory of all keys and texts, in bytes, counted at two a character, the most that a string takes; 64 MiB by default. */
  readonly maxBytes?: number | undefined;
  /** Largest single entry, counted likewise; 1 MiB by default. A larger one is not kept. */
  readonly maxEntryBytes?: number | undefined;
}

interface Entry {
  readonly text: string;
  readonly endsAt: number;
}

/** What Keyv hands over: its envelope. */
export interface StoredText {
  readonly value: unknown;
}

/**
 * A Keyv store in this process that cannot outgrow its bounds: the least recently used texts go first.
 * It takes Keyv's envelope apart, so that only the text is kept, and lets it end by the injected clock instead of Keyv's.
 */
export class BoundedTextStore {
  /** Read by Keyv. */
  readonly opts = {};
  readonly #entries: LRUCache<string, Entry>;
  readonly #clock: Clock;

  constructor(options: BoundedTextStoreOptions) {
    const { clock, maxEntries = 10_000, maxBytes = 64 * 1024 * 1024, maxEntryBytes = 1024 * 1024 } = options;
    this.#clock = clock;
    this.#entries = new LRUCache({
      max: maxEntries,
      maxSize: maxBytes,
      maxEntrySize: Math.min(maxBytes, maxEntryBytes),
      sizeCalculation: ({ text }, key) => 2 * (text.length + key.length) + 1,
    });
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Bytes in use, as they are counted against the bound. */
  get bytes(): number {
    return this.#entries.calculatedSize;
  }

  async get(key: string): Promise<StoredText | undefined> {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    if (entry.endsAt > this.#clock.now()) return { value: entry.text };
    this.#entries.delete(key);
    return undefined;
  }

  /**
   * @param ttlMs without it the entry stays until it is displaced
   * @throws TypeError when the value is no text: an object would be shared by all who read it
   */
  async set(key: string, stored: StoredText, ttlMs?: number): Promise<boolean> {
    if (typeof stored.value !== 'string') throw new TypeError('Only text is kept');
    this.#entries.set(key, { text: stored.value, endsAt: ttlMs === undefined ? Infinity : this.#clock.now() + ttlMs });
    return this.#entries.has(key);
  }

  async delete(key: string): Promise<boolean> {
    return this.#entries.delete(key);
  }

  async clear(): Promise<void> {
    this.#entries.clear();
  }
}
