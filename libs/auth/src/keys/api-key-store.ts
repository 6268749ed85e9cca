import type { Awaitable } from '@portico/core';
import type { ApiKeyRecord } from './api-key-record.js';

export interface PutApiKeyOptions {
  /** Whether a live key in the same slot is revoked by the same step; without it, such a key is a conflict. False by default. */
  readonly replacing?: boolean;
}

/** Where keys are kept. `find` is on the path of every request with a key, the others are for whoever gives keys out. */
export interface ApiKeyStore {
  /** The key with this id, whatever its state. No promise where nothing has to be waited for, and then the same object as long as nothing has been read anew. */
  find(id: string): Awaitable<ApiKeyRecord | undefined>;
  /**
   * Adds a key in one step, whoever else adds one at the same time.
   * @throws PorticoError STATE_CONFLICT when its id is taken, or its slot by a live key of the partner that is not to be replaced; TypeError for what is no record
   */
  put(record: ApiKeyRecord, options?: PutApiKeyOptions): Promise<void>;
  /**
   * Revokes a key for good; one that is revoked stays as it is.
   * @throws PorticoError RESOURCE_NOT_FOUND for an id that nobody has
   */
  revoke(id: string): Promise<void>;
  /** Keys of a partner by its client id, or of all partners, the dead ones too, in the order in which they begin to be accepted. */
  list(clientId?: string): Promise<readonly ApiKeyRecord[]>;
}
