import type { ForwardRequest } from '@portico/core';
import type { ClientWishes } from './client-wishes.js';
import { everyone, type KeptRouteAnswer } from './kept-route-answer.js';
import { useOf, type KeptUse } from './kept-use.js';
import type { RouteCacheStore } from './route-cache-store.js';
import { selectionOf } from './selection.js';

/** A kept answer that fits a request. */
export interface FoundAnswer {
  readonly kept: KeptRouteAnswer;
  readonly use: KeptUse;
  /** The key under which it lies. */
  readonly place: string;
}

/** What was found for a request. */
export interface Found {
  /** The most useful one; undefined when there is none. */
  readonly best: FoundAnswer | undefined;
  /** Under which the request waits for others like it. */
  readonly flightKey: string;
  /** There are answers to other requests for the same address. */
  readonly varied: boolean;
}

/** The key of an owner's answers; they lie there, or below it by `placeOf()` where they vary. */
export function bucketOf(key: string, method: string, owner: string): string {
  return `${key}${method}\n${owner}`;
}

/** The key of an answer that was selected by header fields; the bucket itself where it varies by none. */
export function placeOf(bucket: string, selection: string): string {
  return selection === '' ? bucket : `${bucket}\n${selection}`;
}

const ranks: Readonly<Record<KeptUse, number>> = { validate: 0, refresh: 1, fresh: 2 };

/** Looks for what is kept for `owner`, then for what is kept for everyone. */
export async function lookUp(store: RouteCacheStore, key: string, owner: string, { headers }: ForwardRequest, method: string, wishes: ClientWishes): Promise<Found> {
  let best: FoundAnswer | undefined;
  let varied: string | undefined;
  for (const whose of [owner, everyone]) {
    let place = bucketOf(key, method, whose);
    let entry = await store.read(place);
    if (entry?.kind === 'vary') {
      place = placeOf(place, selectionOf(headers, entry.vary));
      entry = await store.read(place);
      varied ??= place;
    }
    if (entry?.kind !== 'answer') continue;
    const found = { kept: entry, use: useOf(entry, headers, wishes, store.policies, store.clock.epochMs()), place };
    if (!best || isBetter(found, best)) best = found;
    if (best.use === 'fresh') break;
  }
  return { best, flightKey: best?.place ?? varied ?? bucketOf(key, method, owner), varied: varied !== undefined };
}

function isBetter(one: FoundAnswer, other: FoundAnswer): boolean {
  const gain = ranks[one.use] - ranks[other.use];
  return gain === 0 ? one.kept.receivedAtMs > other.kept.receivedAtMs : gain > 0;
}
