import type { Clock } from '@portico/core';
import type { Lease, LeaseHandle } from './lease.js';

interface Held {
  untilMs: number;
}

/** Leases within this process. */
export class MemoryLease implements Lease {
  readonly #held = new Map<string, Held>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  acquire(key: string, ttlMs: number): LeaseHandle | undefined {
    const other = this.#held.get(key);
    if (other && other.untilMs > this.#clock.now()) return undefined;
    const mine: Held = { untilMs: this.#clock.now() + ttlMs };
    this.#held.set(key, mine);
    const isMine = () => this.#held.get(key) === mine;
    return {
      renew: () => {
        if (!isMine() || mine.untilMs <= this.#clock.now()) return false;
        mine.untilMs = this.#clock.now() + ttlMs;
        return true;
      },
      release: () => {
        if (isMine()) this.#held.delete(key);
      },
    };
  }
}
