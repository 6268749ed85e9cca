import type { Clock } from '@portico/core';
import { addressGroup } from './address-group.js';
import { BlockedAddresses } from './blocked-addresses.js';
import { keyFailuresConfig, type KeyFailures, type KeyFailuresOptions } from './key-failures.js';
import { LastTimes } from './last-times.js';

interface Entry {
  readonly times: LastTimes;
  lastAt: number;
}

/**
 * Counts wrong keys in this process: never more than the limit in any window, constant time and memory for each address, no timers.
 * When there are too many addresses, those that failed longest ago are forgotten; those that are blocked are kept apart, so that a flood from elsewhere frees nobody.
 */
export class MemoryKeyFailures implements KeyFailures {
  readonly #clock: Clock;
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #maxAddresses: number;
  readonly #blocked: BlockedAddresses;
  /** In the order of their last failures. */
  readonly #entries = new Map<string, Entry>();

  constructor({ clock, ...options }: KeyFailuresOptions & { readonly clock: Clock }) {
    const { limit, windowMs, maxAddresses } = keyFailuresConfig(options);
    this.#clock = clock;
    this.#limit = limit;
    this.#windowMs = windowMs;
    this.#maxAddresses = maxAddresses;
    this.#blocked = new BlockedAddresses(maxAddresses);
  }

  /** Number of addresses whose failures are counted now. */
  get size(): number {
    return this.#entries.size;
  }

  blockedMs(address: string): number {
    return this.#blocked.none ? 0 : this.#blocked.waitMs(addressGroup(address), this.#clock.now());
  }

  count(address: string): number {
    const now = this.#clock.now();
    const group = addressGroup(address);
    const before = this.#blocked.waitMs(group, now);
    if (before > 0) return before;
    const { times } = this.#entryOf(group, now);
    times.add(now);
    const waitMs = times.waitMs(this.#windowMs, now);
    if (waitMs > 0) this.#blocked.block(group, now + waitMs, now);
    return 0;
  }

  #entryOf(group: string, now: number): Entry {
    const entry = this.#entries.get(group) ?? { times: new LastTimes(this.#limit), lastAt: now };
    entry.lastAt = now;
    this.#entries.delete(group);
    this.#entries.set(group, entry);
    const [oldest] = this.#entries as Iterable<[string, Entry]>;
    if (oldest && (now - oldest[1].lastAt >= this.#windowMs || this.#entries.size > this.#maxAddresses)) this.#entries.delete(oldest[0]);
    return entry;
  }
}
