import type { Clock } from '@portico/core';
import { wholeSeconds } from './counter.js';
import type { ThrottlerRecord } from './counting-storage.js';

/** What a key was held against when it was refused. */
export type HeldAgainst = readonly (string | number)[];

interface Refusal {
  readonly against: HeldAgainst;
  readonly totalHits: number;
  readonly windowEndsAt: number;
  readonly endsAt: number;
}

const maxKeys = 10_000;

/**
 * Keys that are refused for some time yet, whoever asks: nothing can make room for them earlier. So a flood of requests that are refused anyway does not become a flood at Redis.
 * Who is too much for this list is only asked for again.
 */
export class RefusedKeys {
  readonly #clock: Clock;
  readonly #refusals = new Map<string, Refusal>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The record of a hit of a key that is refused; undefined when it has to be counted, also because it is held against something else now. */
  recordOf(key: string, against: HeldAgainst): ThrottlerRecord | undefined {
    const refusal = this.#refusals.get(key);
    if (!refusal) return undefined;
    const now = this.#clock.now();
    if (now >= refusal.endsAt || refusal.against.some((value, index) => value !== against[index])) {
      this.#refusals.delete(key);
      return undefined;
    }
    return { totalHits: refusal.totalHits, timeToExpire: wholeSeconds(refusal.windowEndsAt - now), isBlocked: true, timeToBlockExpire: wholeSeconds(refusal.endsAt - now) };
  }

  /** Notes a refusal that lasts `waitMs`. */
  add(key: string, against: HeldAgainst, totalHits: number, windowLeftMs: number, waitMs: number): void {
    const now = this.#clock.now();
    if (this.#refusals.size >= maxKeys) this.#refusals.delete(this.#refusals.keys().next().value as string);
    this.#refusals.set(key, { against, totalHits, windowEndsAt: now + windowLeftMs, endsAt: now + waitMs });
  }
}
