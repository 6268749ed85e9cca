import type { Random } from '@portico/core';

const longestLeadMs = 60_000;
const leadPart = 0.1;

/**
 * From when on an access token that lives from `nowMs` for `lifeMs` is replaced: when between 5 and 10 % of its life is left, by chance, and at most 60 s before its end.
 * Sessions that began together do so at different times.
 */
export function refreshTime(nowMs: number, lifeMs: number, random: Random): number {
  const lead = Math.min(longestLeadMs, lifeMs * leadPart);
  return Math.floor(nowMs + lifeMs - lead * (1 - random() / 2));
}
