import type { CountingAlgorithm } from './counting.js';

/** So many hits in so much time. */
export interface Rate {
  /** Hits that are let through in a window. */
  readonly limit: number;
  readonly windowMs: number;
  /** How long a key that went over stays refused, in ms; by default until it has room again. */
  readonly blockMs?: number | undefined;
  /** How hits are counted; `sliding` by default. */
  readonly algorithm?: CountingAlgorithm | undefined;
  /** Hits that a token bucket holds when it is full; by default `limit`. */
  readonly burst?: number | undefined;
}

/** @throws TypeError when `rate` is no limit that can be kept */
export function assertRate(rate: Rate, name: string): Rate {
  const { limit, windowMs, blockMs = 0, burst = 1 } = rate;
  if (!Number.isInteger(limit) || limit < 0) throw new TypeError(`${name}: limit must be a whole number`);
  if (!Number.isFinite(windowMs) || windowMs <= 0) throw new TypeError(`${name}: windowMs must be above 0`);
  if (!Number.isFinite(blockMs) || blockMs < 0) throw new TypeError(`${name}: blockMs must not be below 0`);
  if (!Number.isInteger(burst) || burst < 1) throw new TypeError(`${name}: burst must be a whole number above 0`);
  return rate;
}
