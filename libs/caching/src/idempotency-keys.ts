import { PorticoError, type Caller, type RequestContext } from '@portico/core';
import { AnswerCache } from './answer-cache.js';

const keptMs = 86_400_000;

/**
 * Remembers for a day what a client's `Idempotency-Key` brought about (draft-ietf-httpapi-idempotency-key-header). A client that lost
 * the answer sends the same request again: it is told what it caused the first time, instead of causing it twice.
 */
export class IdempotencyKeys {
  readonly #cache: AnswerCache;

  constructor(cache: AnswerCache) {
    this.#cache = cache;
  }

  /**
   * The key that the client sent; undefined when it sent none.
   * @throws PorticoError REQUEST_INVALID for a key that is no plain token of at most 100 characters
   */
  of(context: RequestContext): string | undefined {
    const key = context.header('idempotency-key');
    if (key === undefined || /^[\w.-]{1,100}$/.test(key)) return key;
    throw new PorticoError('REQUEST_INVALID', { faults: [{ path: 'header.idempotency-key', message: 'must be 1 to 100 letters, digits, dots, dashes or underscores' }] });
  }

  /** Id of what `key` of this caller brought about; undefined when the key is new, or no longer known. */
  find(caller: Caller, key: string): Promise<string | undefined> {
    return this.#cache.read(entryOf(caller, key));
  }

  /** Notes what `key` brought about. Never rejects. */
  note(caller: Caller, key: string, id: string): Promise<void> {
    return this.#cache.write(entryOf(caller, key), id, keptMs);
  }
}

function entryOf(caller: Caller, key: string): string {
  return `idempotency-key\n${caller.key.length}:${caller.key}${key}`;
}
