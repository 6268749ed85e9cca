import { Injectable } from '@nestjs/common';
import { AnswerCache } from '@portico/caching';
import type { Caller } from '@portico/core';

const keptMs = 86_400_000;

/**
 * Remembers for a day which order a client's key brought about. A phone that lost the answer sends the same request again,
 * and by then the basket is empty: without this it would be told so instead of what it had bought.
 */
@Injectable()
export class PlacedOrders {
  constructor(private readonly cache: AnswerCache) {}

  /** Id of the order that `key` of this caller stands for; undefined when it is new, or no longer known. */
  find(caller: Caller, key: string): Promise<string | undefined> {
    return this.cache.read(entryOf(caller, key));
  }

  /** Notes what `key` brought about. Never rejects. */
  note(caller: Caller, key: string, orderId: string): Promise<void> {
    return this.cache.write(entryOf(caller, key), orderId, keptMs);
  }
}

function entryOf(caller: Caller, key: string): string {
  return `placed-order\n${caller.id.length}:${caller.id}${key}`;
}
