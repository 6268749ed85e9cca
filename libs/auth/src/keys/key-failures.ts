import type { Awaitable } from '@portico/core';

/** How many wrong keys are taken from one address. An IPv4 address counts by itself, an IPv6 address with its /64. */
export interface KeyFailuresOptions {
  /** Wrong keys in any window; 20 by default. */
  readonly limit?: number | undefined;
  /** Length of the window, in ms; 60,000 by default. */
  readonly windowMs?: number | undefined;
  /** Most addresses that are remembered, each kind; 10,000 by default. */
  readonly maxAddresses?: number | undefined;
}

/** Counts wrong keys by address, harder than calls are limited. */
export interface KeyFailures {
  /** How long keys from this address are refused from now on, in ms; 0 when they are not. Never waits: good keys ask it, too. */
  blockedMs(address: string): number;
  /** Counts a wrong key. Brings 0 when it was among those that are taken, else how long keys are refused, in ms: then it was not counted. */
  count(address: string): Awaitable<number>;
}

/** The options with their defaults. */
export function keyFailuresConfig({ limit = 20, windowMs = 60_000, maxAddresses = 10_000 }: KeyFailuresOptions): Required<{ [K in keyof KeyFailuresOptions]: number }> {
  return { limit, windowMs, maxAddresses };
}
