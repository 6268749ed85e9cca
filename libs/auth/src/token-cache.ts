import type { Caller } from '@portico/core';
import type { VerifiedToken } from './access-token.strategy.js';

/** A token that was verified, and the turn in which it was last used. */
interface Remembered {
  readonly verified: VerifiedToken;
  turn: number;
}

/**
 * Remembers verified tokens, those used most recently when there are too many. An entry ends when its token does.
 * The key is the token's text: whoever can read it here can read the requests that bring it, and a digest costs several times the look-up.
 */
export class TokenCache {
  /** In the order of use, by turns. */
  readonly #entries = new Map<string, Remembered>();
  readonly #maxEntries: number;
  /** Begins anew with every token that is added: only then the order matters, and one that is used again and again moves once. */
  #turn = 0;

  constructor(maxEntries: number) {
    this.#maxEntries = maxEntries;
  }

  get size(): number {
    return this.#entries.size;
  }

  read(token: string, epochMs: number): Caller | undefined {
    const entry = this.#entries.get(token);
    if (!entry) return undefined;
    if (entry.verified.expiresAtMs <= epochMs) {
      this.#entries.delete(token);
      return undefined;
    }
    if (entry.turn !== this.#turn) this.#append(token, entry.verified);
    return entry.verified.caller;
  }

  write(token: string, verified: VerifiedToken): void {
    if (this.#maxEntries <= 0) return;
    this.#turn++;
    this.#append(token, verified);
    if (this.#entries.size <= this.#maxEntries) return;
    const [oldest] = this.#entries.keys();
    this.#entries.delete(oldest as string);
  }

  /** Forgets every token for which `matches` is true; returns how many. Reads them all: for rare events. */
  purge(matches: (entry: VerifiedToken) => boolean): number {
    const before = this.#entries.size;
    for (const [token, { verified }] of this.#entries) if (matches(verified)) this.#entries.delete(token);
    return before - this.#entries.size;
  }

  #append(token: string, verified: VerifiedToken): void {
    this.#entries.delete(token);
    this.#entries.set(token, { verified, turn: this.#turn });
  }
}
