import type { Clock } from '@portico/core';
import type { ReplayStore } from './replay-store.js';

export interface MemoryReplayStoreOptions {
  readonly clock: Clock;
  /** Most keys that are remembered at a time; 100,000 by default. */
  readonly maxKeys?: number | undefined;
}

/**
 * Remembers used keys in this process only: for a gateway that has no replicas. Constant time for each key, no timers.
 * None is forgotten before its time: when there are too many, new ones are refused.
 */
export class MemoryReplayStore implements ReplayStore {
  readonly #clock: Clock;
  readonly #maxKeys: number;
  readonly #live = new Set<string>();
  /** Keys by the second in which they end, on the scale of the clock. */
  readonly #ending = new Map<number, string[]>();
  #sweptS = -Infinity;

  constructor({ clock, maxKeys = 100_000 }: MemoryReplayStoreOptions) {
    this.#clock = clock;
    this.#maxKeys = maxKeys;
  }

  /** Number of keys that are remembered now, up to a second beyond their time. */
  get size(): number {
    return this.#live.size;
  }

  /** @throws Error when there is no room for another key */
  claim(key: string, ttlMs: number): boolean {
    const nowMs = this.#clock.now();
    this.#sweep(Math.floor(nowMs / 1_000));
    if (this.#live.has(key)) return false;
    if (this.#live.size >= this.#maxKeys) throw new Error('There is no room for another used key');
    const endS = Math.ceil((nowMs + ttlMs) / 1_000);
    this.#live.add(key);
    const alike = this.#ending.get(endS);
    if (alike) alike.push(key);
    else this.#ending.set(endS, [key]);
    return true;
  }

  /** Once a second, so that a look at every second of the longest life costs nothing that counts. */
  #sweep(nowS: number): void {
    if (nowS === this.#sweptS) return;
    this.#sweptS = nowS;
    for (const [endS, keys] of this.#ending) {
      if (endS > nowS) continue;
      for (const key of keys) this.#live.delete(key);
      this.#ending.delete(endS);
    }
  }
}
