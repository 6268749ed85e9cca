import type { RedisConnection } from '@portico/redis';
import type { ReplayStore } from './replay-store.js';

/** Remembers used keys for all replicas. Rejects while Redis is away: what may have been used elsewhere must not be taken. */
export class RedisReplayStore implements ReplayStore {
  readonly #redis: RedisConnection;

  constructor(redis: RedisConnection) {
    this.#redis = redis;
  }

  async claim(key: string, ttlMs: number): Promise<boolean> {
    return (await this.#redis.client.set(`used:${key}`, '1', 'PX', Math.max(1, Math.ceil(ttlMs)), 'NX')) === 'OK';
  }
}
