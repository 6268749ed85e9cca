import { randomUUID } from 'node:crypto';
import { PorticoError, type Clock, type Timer } from '@portico/core';
import type { RedisConnection, RedisScript } from '@portico/redis';
import { readApiKey, writeApiKey } from './api-key-json.js';
import type { ApiKeyRecord } from './api-key-record.js';
import type { ApiKeyStore, PutApiKeyOptions } from './api-key-store.js';
import { adding, revoking, type KeyChange } from './key-changes.js';
import { keysById, type KeysById } from './keys-by-id.js';
import { keysOf } from './keys-of.js';

export interface RedisApiKeyStoreOptions {
  readonly clock: Clock;
  /** Told of every look at Redis that fails, and of every key there that cannot be read. Nothing is done by default. */
  readonly onFault?: ((error: unknown) => void) | undefined;
}

interface Snapshot {
  readonly version: string;
  readonly keys: readonly ApiKeyRecord[];
}

const channel = 'api-keys';
// One hash slot for both, so that a script may use them together in a cluster, too.
const names = ['{api-keys}:records', '{api-keys}:version'];
const lookEveryMs = 1_000;
const mostTries = 10;

const readScript = "return { redis.call('GET', KEYS[2]) or '', redis.call('HVALS', KEYS[1]) }";
const writeScript = `
if (redis.call('GET', KEYS[2]) or '') ~= ARGV[1] then return 0 end
for i = 3, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
redis.call('SET', KEYS[2], ARGV[2])
return 1`;

/**
 * Keys in Redis, hashed, shared by all replicas. Each replica has all of them in memory: a request waits for nothing, and a guess at an id costs what a guess at a secret does.
 * A change is told to every replica at once, and is noticed within 1 s by one that was not told. While Redis is away, replicas go on with what they know:
 * keys expire in time, but nothing can be revoked. A key that cannot be read is refused.
 */
export class RedisApiKeyStore implements ApiKeyStore {
  readonly #redis: RedisConnection;
  readonly #clock: Clock;
  readonly #onFault: (error: unknown) => void;
  readonly #read: RedisScript;
  readonly #write: RedisScript;
  #keys: KeysById = new Map();
  #version = '';
  #reading: Promise<void> | undefined;
  #readAgain = false;
  #timer: Timer | undefined;
  #stop: (() => Promise<void>) | undefined;
  #closed = false;

  private constructor(redis: RedisConnection, { clock, onFault = () => {} }: RedisApiKeyStoreOptions) {
    this.#redis = redis;
    this.#clock = clock;
    this.#onFault = onFault;
    this.#read = redis.script(readScript);
    this.#write = redis.script(writeScript);
  }

  /** Reads the keys and follows them until `close`. @throws Error when Redis cannot be asked now */
  static async open(redis: RedisConnection, options: RedisApiKeyStoreOptions): Promise<RedisApiKeyStore> {
    const store = new RedisApiKeyStore(redis, options);
    store.#take(await store.#snapshot());
    // What was said while the connection was away is missed: hence a look whenever it is back.
    store.#stop = await redis.subscribe(channel, () => void store.#look(), () => void store.#look());
    store.#schedule();
    return store;
  }

  find(id: string): ApiKeyRecord | undefined {
    return this.#keys.get(id);
  }

  put(record: ApiKeyRecord, options: PutApiKeyOptions = {}): Promise<void> {
    return this.#change(adding(record, options, this.#clock.epochMs()));
  }

  revoke(id: string): Promise<void> {
    return this.#change(revoking(id, this.#clock.epochMs()));
  }

  async list(clientId?: string): Promise<readonly ApiKeyRecord[]> {
    return keysOf((await this.#snapshot()).keys, clientId);
  }

  /** Ends following; the connection stays open. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#timer?.cancel();
    await this.#stop?.();
  }

  async #change(change: KeyChange): Promise<void> {
    for (let tries = 0; tries < mostTries; tries++) {
      const { version, keys } = await this.#snapshot();
      const changed = change(keys).filter((key) => !keys.includes(key));
      const written = changed.flatMap((key) => [key.id, JSON.stringify(writeApiKey(key))]);
      if (written.length === 0) return;
      // No number: counted anew after Redis has lost all, one would come again.
      if ((await this.#write(names, [version, randomUUID(), ...written])) !== 1) continue;
      await this.#look();
      // Those who miss it look by themselves.
      await this.#redis.publish(channel, '').catch(this.#onFault);
      return;
    }
    throw new PorticoError('STATE_CONFLICT', { detail: 'Others change the keys all the time: try again.' });
  }

  async #snapshot(): Promise<Snapshot> {
    const [version, texts] = (await this.#read(names, [])) as [string, string[]];
    const keys = texts.flatMap((text): ApiKeyRecord[] => {
      try {
        return [readApiKey(JSON.parse(text))];
      } catch (error) {
        // Without the text: the parser quotes it.
        this.#onFault(error instanceof SyntaxError ? new TypeError('A key in Redis is no JSON') : new TypeError(`A key in Redis cannot be read: ${(error as Error).message}`));
        return [];
      }
    });
    return { version, keys };
  }

  #take({ version, keys }: Snapshot): void {
    this.#version = version;
    this.#keys = keysById(keys);
  }

  // Never two at a time, lest an older answer outlives a newer one; what is wanted meanwhile is asked for afterwards.
  #look(): Promise<void> {
    this.#readAgain = true;
    return (this.#reading ??= this.#readAll().finally(() => (this.#reading = undefined)));
  }

  async #readAll(): Promise<void> {
    while (this.#readAgain) {
      this.#readAgain = false;
      try {
        this.#take(await this.#snapshot());
      } catch (error) {
        if (!this.#closed) this.#onFault(error);
      }
    }
  }

  #schedule(): void {
    this.#timer = this.#clock.schedule(() => {
      void this.#lookIfChanged().finally(() => {
        if (!this.#closed) this.#schedule();
      });
    }, lookEveryMs);
  }

  async #lookIfChanged(): Promise<void> {
    try {
      const version = (await this.#redis.client.get(names[1] as string)) ?? '';
      if (version !== this.#version) await this.#look();
    } catch (error) {
      if (!this.#closed) this.#onFault(error);
    }
  }
}
