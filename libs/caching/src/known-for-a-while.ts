import { LRUCache } from 'lru-cache';
import type { Clock } from '@portico/core';

const knownMs = 1_000;

/** Keys of which something was found out within the last second. */
export class KnownForAWhile {
  readonly #clock: Clock;
  // By `max` the package would make room for all of them at once.
  readonly #until = new LRUCache<string, number>({ maxSize: 10_000, sizeCalculation: () => 1 });

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(key: string): void {
    this.#until.set(key, this.#clock.now() + knownMs);
  }

  delete(key: string): void {
    this.#until.delete(key);
  }

  has(key: string): boolean {
    return (this.#until.get(key) ?? 0) > this.#clock.now();
  }
}
