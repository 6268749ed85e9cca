import { hash } from 'node:crypto';
import type { Clock } from '@portico/core';
import type { Reachability } from '@portico/redis';
import type { BoundedTextStore, StoredText } from './bounded-text-store.js';
import { KnownForAWhile } from './known-for-a-while.js';
import type { SharedCacheOptions } from './shared-cache.options.js';

/**
 * A Keyv store for all replicas: the memory of this process before Redis. What memory has is given for at most 1 s before Redis is asked whether it is still so. While Redis is away
 * memory goes on by itself, and nobody waits. What is too large for memory is not kept in Redis either. Keys in Redis are digests; what lies under them ends there by itself.
 */
export class SharedTextStore {
  /** Read by Keyv. */
  readonly opts = {};
  readonly #memory: BoundedTextStore;
  readonly #known: KnownForAWhile;
  readonly #client: SharedCacheOptions['redis']['client'];
  readonly #reach: Reachability;
  readonly #prefix: string;

  constructor(memory: BoundedTextStore, clock: Clock, { redis, reach, gateway }: SharedCacheOptions) {
    this.#memory = memory;
    this.#known = new KnownForAWhile(clock);
    this.#client = redis.client;
    this.#reach = reach;
    this.#prefix = `text:${gateway}:`;
  }

  async get(key: string): Promise<StoredText | undefined> {
    const kept = await this.#memory.get(key);
    if (kept && this.#known.has(key)) return kept;
    const place = this.#place(key);
    try {
      const [text, leftMs] = await this.#reach.ask(() => Promise.all([this.#client.get(place), this.#client.pttl(place)]));
      return await this.#take(key, text, leftMs);
    } catch {
      return kept;
    }
  }

  /** @throws TypeError when the value is no text, or has no end */
  async set(key: string, stored: StoredText, ttlMs?: number): Promise<boolean> {
    if (ttlMs === undefined) throw new TypeError('Only what ends is shared');
    if (!(await this.#memory.set(key, stored, ttlMs))) return false;
    this.#known.add(key);
    return this.#quietly(() => this.#client.set(this.#place(key), stored.value as string, 'PX', Math.max(1, Math.ceil(ttlMs))));
  }

  /** Drops it here and in Redis, and so within 1 s in every replica. */
  async delete(key: string): Promise<boolean> {
    await this.#memory.delete(key);
    return this.#quietly(() => this.#client.del(this.#place(key)));
  }

  /** @throws Error always: one replica does not empty what all of them share */
  clear(): Promise<void> {
    return Promise.reject(new Error('What replicas share is not emptied by one of them'));
  }

  async #take(key: string, text: string | null, leftMs: number): Promise<StoredText | undefined> {
    if (text === null || leftMs <= 0) {
      await this.#memory.delete(key);
      return undefined;
    }
    const stored = { value: text };
    await this.#memory.set(key, stored, leftMs);
    this.#known.add(key);
    return stored;
  }

  #quietly(task: () => Promise<unknown>): Promise<boolean> {
    return this.#reach.ask(task).then(() => true, () => false);
  }

  #place(key: string): string {
    return this.#prefix + hash('sha256', key, 'base64url');
  }
}
