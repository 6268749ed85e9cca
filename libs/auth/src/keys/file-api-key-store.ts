import { readFileSync } from 'node:fs';
import { watchConfigFile, type ConfigFileWatch } from '@portico/config';
import type { Clock } from '@portico/core';
import type { ApiKeyRecord } from './api-key-record.js';
import type { ApiKeyStore, PutApiKeyOptions } from './api-key-store.js';
import { adding, revoking, type KeyChange } from './key-changes.js';
import { readKeyFile, writeKeyFile } from './key-file.js';
import { keysById, type KeysById } from './keys-by-id.js';
import { keysOf } from './keys-of.js';
import { replaceFile } from './replace-file.js';

export interface FileApiKeyStoreOptions {
  readonly clock: Clock;
  /** Told of a change of the file that cannot be read: the keys stay as they were, revocations among its lines do not count. Nothing is done by default. */
  readonly onFault?: ((error: unknown) => void) | undefined;
  /** Whether the file may still be missing; the first key makes it. False by default. */
  readonly mayBeMissing?: boolean | undefined;
}

// Together less than the 2 s after which a revocation must count.
const lookEveryMs = 500;
const restMs = 100;

/**
 * Keys in a JSON file, hashed, for one machine or a mounted secret. The file is looked at twice a second: a change, by whomever, counts within 1 s.
 * Changes are made on the disk's content, as a whole, and block: they are for people who give keys out, not for requests.
 */
export class FileApiKeyStore implements ApiKeyStore {
  readonly #file: string;
  readonly #clock: Clock;
  readonly #watch: ConfigFileWatch;
  #keys: KeysById;

  /** @throws ConfigurationError listing every fault of the file; Error when it cannot be read */
  constructor(file: string, { clock, onFault, mayBeMissing = false }: FileApiKeyStoreOptions) {
    this.#file = file;
    this.#clock = clock;
    this.#watch = watchConfigFile(file, () => this.#follow(onFault), { clock, intervalMs: lookEveryMs, debounceMs: restMs });
    try {
      this.#keys = keysById(this.#read(mayBeMissing));
    } catch (error) {
      this.#watch.close();
      throw error;
    }
  }

  find(id: string): ApiKeyRecord | undefined {
    return this.#keys.get(id);
  }

  async put(record: ApiKeyRecord, options: PutApiKeyOptions = {}): Promise<void> {
    this.#change(adding(record, options, this.#clock.epochMs()));
  }

  async revoke(id: string): Promise<void> {
    this.#change(revoking(id, this.#clock.epochMs()));
  }

  async list(clientId?: string): Promise<readonly ApiKeyRecord[]> {
    return keysOf(this.#read(true), clientId);
  }

  /** Ends looking at the file. */
  close(): void {
    this.#watch.close();
  }

  #change(change: KeyChange): void {
    let keys: readonly ApiKeyRecord[] = [];
    replaceFile(this.#file, (content) => {
      keys = change(content === undefined ? [] : readKeyFile(this.#file, content));
      return writeKeyFile(keys);
    });
    this.#keys = keysById(keys);
  }

  #follow(onFault: FileApiKeyStoreOptions['onFault']): void {
    try {
      this.#keys = keysById(this.#read(false));
    } catch (error) {
      onFault?.(error);
    }
  }

  #read(mayBeMissing: boolean): readonly ApiKeyRecord[] {
    let content: string;
    try {
      content = readFileSync(this.#file, 'utf8');
    } catch (error) {
      if (mayBeMissing && (error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw new Error(`The API keys in ${this.#file} cannot be read`, { cause: error });
    }
    return readKeyFile(this.#file, content);
  }
}
