import type { HeaderList } from '@portico/core';
import type { KeptHead } from './kept-route-answer.js';
import { ageOf } from './kept-use.js';

/** Adds what this cache did to `Cache-Status` (RFC 9211), after those nearer to the service. */
export function addCacheStatus(headers: HeaderList, parameters: string): void {
  headers.append('cache-status', `portico; ${parameters}`);
}

/** Seconds of freshness that are left; below 0 for a stale answer. */
export function remainingSeconds(kept: KeptHead, epochMs: number): number {
  return Math.floor((kept.lifetimeMs - ageOf(kept, epochMs)) / 1_000);
}
