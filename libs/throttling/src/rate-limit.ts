/** So many hits in so much time. */
export interface RateLimit {
  /** Hits that are let through in any window. */
  readonly limit: number;
  readonly windowMs: number;
  /** How long a key that went over stays refused, in ms; by default until its window has room again. */
  readonly blockMs?: number | undefined;
}

/** @throws TypeError when `rate` is no limit that can be kept */
export function assertRateLimit(rate: RateLimit, name: string): RateLimit {
  const { limit, windowMs, blockMs = 0 } = rate;
  if (!Number.isInteger(limit) || limit < 0) throw new TypeError(`${name}: limit must be a whole number`);
  if (!Number.isFinite(windowMs) || windowMs <= 0) throw new TypeError(`${name}: windowMs must be above 0`);
  if (!Number.isFinite(blockMs) || blockMs < 0) throw new TypeError(`${name}: blockMs must not be below 0`);
  return rate;
}
