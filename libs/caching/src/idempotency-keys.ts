import { PorticoError, type Caller, type RequestContext } from '@portico/core';
import type { NotedKeys } from './noted-keys.js';

const keptMs = 86_400_000;

/**
 * Remembers for a day what a client's `Idempotency-Key` brought about (draft-ietf-httpapi-idempotency-key-header). A client that lost
 * the answer sends the same request again: it is told what it caused the first time, instead of causing it twice. Two that come at the same time are both new here:
 * whoever carries the request out has to know the key, too.
 */
export class IdempotencyKeys {
  readonly #noted: NotedKeys;

  constructor(noted: NotedKeys) {
    this.#noted = noted;
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

  /**
   * Id of what `key` of this caller brought about; undefined when the key is new, or no longer known.
   * @throws PorticoError SERVICE_UNAVAILABLE while what replicas have noted cannot be read: the request could be one that was carried out already
   */
  async find(caller: Caller, key: string): Promise<string | undefined> {
    try {
      return await this.#noted.read(entryOf(caller, key));
    } catch (cause) {
      throw new PorticoError('SERVICE_UNAVAILABLE', { detail: 'It cannot be told now whether a request with this key was carried out before.', headers: { 'retry-after': '1' }, cause });
    }
  }

  /** Notes what `key` brought about. Never rejects. */
  note(caller: Caller, key: string, id: string): Promise<void> {
    return this.#noted.write(entryOf(caller, key), id, keptMs);
  }
}

function entryOf(caller: Caller, key: string): string {
  return `idempotency-key\n${caller.key.length}:${caller.key}${key}`;
}
