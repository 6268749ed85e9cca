import type { Caller } from '@portico/core';
import type { VerifiedToken } from './access-token.strategy.js';

/** Remembers verified tokens by their digest, the most recently used ones when there are too many. An entry ends when its token does. */
export class TokenCache {
  readonly #entries = new Map<string, VerifiedToken>();
  readonly #maxEntries: number;

  constructor(maxEntries: number) {
    this.#maxEntries = maxEntries;
  }

  get size(): number {
    return this.#entries.size;
  }

  read(digest: string, epochMs: number): Caller | undefined {
    const entry = this.#entries.get(digest);
    if (!entry) return undefined;
    this.#entries.delete(digest);
    if (entry.expiresAtMs <= epochMs) return undefined;
    this.#entries.set(digest, entry);
    return entry.caller;
  }

  write(digest: string, entry: VerifiedToken): void {
    if (this.#maxEntries <= 0) return;
    this.#entries.delete(digest);
    if (this.#entries.size >= this.#maxEntries) {
      const [oldest] = this.#entries.keys();
      this.#entries.delete(oldest as string);
    }
    this.#entries.set(digest, entry);
  }

  /** Forgets every token for which `matches` is true; returns how many. Reads them all: for rare events. */
  purge(matches: (entry: VerifiedToken) => boolean): number {
    const before = this.#entries.size;
    for (const [digest, entry] of this.#entries) if (matches(entry)) this.#entries.delete(digest);
    return before - this.#entries.size;
  }
}
