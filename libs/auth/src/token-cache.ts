import type { VerifiedToken } from './access-token.strategy.js';
import type { Revocations } from './revocation/revocations.js';

/** A token that was verified, the turn in which it was last used, and the version of the revocations that do not concern it. */
interface Remembered {
  readonly verified: VerifiedToken;
  turn: number;
  clearedBy: number;
}

/**
 * Remembers verified tokens, those used most recently when there are too many. An entry ends when its token does or is revoked:
 * what was revoked in the meantime is looked for at the next use, so that a hit costs no more than a comparison and a revocation reads nothing.
 * The key is the token's text: whoever can read it here can read the requests that bring it, and a digest costs several times the look-up.
 */
export class TokenCache {
  /** In the order of use, by turns. */
  readonly #entries = new Map<string, Remembered>();
  readonly #maxEntries: number;
  readonly #revocations: Pick<Revocations, 'version' | 'isRevoked'>;
  /** Begins anew with every token that is added: only then the order matters, and one that is used again and again moves once. */
  #turn = 0;

  constructor(maxEntries: number, revocations: Pick<Revocations, 'version' | 'isRevoked'>) {
    this.#maxEntries = maxEntries;
    this.#revocations = revocations;
  }

  get size(): number {
    return this.#entries.size;
  }

  read(token: string, epochMs: number): VerifiedToken | undefined {
    const entry = this.#entries.get(token);
    if (!entry) return undefined;
    const { verified } = entry;
    if (verified.expiresAtMs <= epochMs || (entry.clearedBy !== this.#revocations.version && !this.#clear(entry))) {
      this.#entries.delete(token);
      return undefined;
    }
    if (entry.turn !== this.#turn) this.#append(token, entry);
    return verified;
  }

  /** Remembers a token that is not revoked now. */
  write(token: string, verified: VerifiedToken): void {
    if (this.#maxEntries <= 0) return;
    this.#turn++;
    this.#append(token, { verified, turn: 0, clearedBy: this.#revocations.version });
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

  #clear(entry: Remembered): boolean {
    if (this.#revocations.isRevoked(entry.verified.caller.claims)) return false;
    entry.clearedBy = this.#revocations.version;
    return true;
  }

  #append(token: string, entry: Remembered): void {
    entry.turn = this.#turn;
    this.#entries.delete(token);
    this.#entries.set(token, entry);
  }
}
