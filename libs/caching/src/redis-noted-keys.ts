import { hash } from 'node:crypto';
import type { Clock } from '@portico/core';
import type { Reachability } from '@portico/redis';
import type { NotedKeys } from './noted-keys.js';
import type { SharedCacheOptions } from './shared-cache.options.js';

interface Note {
  readonly text: string;
  readonly endsAt: number;
}

const maxUnsent = 10_000;

/**
 * What idempotency keys brought about, for all replicas, in Redis alone: a request that is refused for a while is better than one that is done twice. So `read` rejects while Redis is away,
 * unless this replica knows the answer itself. What is noted meanwhile it keeps in memory, at most 10,000 notes, and takes to Redis when that is back.
 */
export class RedisNotedKeys implements NotedKeys {
  readonly #clock: Clock;
  readonly #client: SharedCacheOptions['redis']['client'];
  readonly #reach: Reachability;
  readonly #prefix: string;
  readonly #unsent = new Map<string, Note>();

  constructor(clock: Clock, { redis, reach, gateway }: SharedCacheOptions) {
    this.#clock = clock;
    this.#client = redis.client;
    this.#reach = reach;
    this.#prefix = `idempotency:${gateway}:`;
    reach.whenBack(() => void this.#sendAll());
  }

  async read(key: string): Promise<string | undefined> {
    const unsent = this.#unsent.get(key);
    if (unsent) return unsent.text;
    return (await this.#reach.ask(() => this.#client.get(this.#place(key)))) ?? undefined;
  }

  async write(key: string, text: string, keepMs: number): Promise<void> {
    const note = { text, endsAt: this.#clock.now() + keepMs };
    if (this.#unsent.size >= maxUnsent) this.#unsent.delete(this.#unsent.keys().next().value as string);
    this.#unsent.set(key, note);
    await this.#send(key, note);
  }

  async #sendAll(): Promise<void> {
    for (const [key, note] of this.#unsent) await this.#send(key, note);
  }

  async #send(key: string, note: Note): Promise<void> {
    const leftMs = Math.ceil(note.endsAt - this.#clock.now());
    try {
      if (leftMs > 0) await this.#reach.ask(() => this.#client.set(this.#place(key), note.text, 'PX', leftMs));
    } catch {
      return;
    }
    if (this.#unsent.get(key) === note) this.#unsent.delete(key);
  }

  #place(key: string): string {
    return this.#prefix + hash('sha256', key, 'base64url');
  }
}
