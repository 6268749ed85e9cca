import type { Random } from '@portico/core';

/** Wait after the `failures`-th failure in a row, in ms: it doubles up to `maxMs`, and chance takes away up to half. */
export function backoffMs(failures: number, { retryMinMs, retryMaxMs }: { readonly retryMinMs: number; readonly retryMaxMs: number }, random: Random): number {
  // The power is bounded, so that a registry that is down for weeks leaves a number.
  const full = Math.min(retryMaxMs, retryMinMs * 2 ** Math.min(failures - 1, 30));
  return full * (0.5 + random() / 2);
}
