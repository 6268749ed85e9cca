import { randomUUID } from 'node:crypto';
import type { RedisConnection, RedisScript } from '@portico/redis';
import type { Lease, LeaseHandle } from './lease.js';

/** Leases over all replicas. Each has a token of its own, so that nobody renews or gives back another's. */
export class RedisLease implements Lease {
  readonly #acquire: RedisScript;
  readonly #renew: RedisScript;
  readonly #release: RedisScript;

  constructor(redis: Pick<RedisConnection, 'script'>) {
    this.#acquire = redis.script(`return redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) and 1 or 0`);
    this.#renew = redis.script(`return redis.call('GET', KEYS[1]) == ARGV[1] and redis.call('PEXPIRE', KEYS[1], ARGV[2]) or 0`);
    this.#release = redis.script(`return redis.call('GET', KEYS[1]) == ARGV[1] and redis.call('DEL', KEYS[1]) or 0`);
  }

  async acquire(key: string, ttlMs: number): Promise<LeaseHandle | undefined> {
    const token = randomUUID();
    const keys = [`lease:${key}`];
    if ((await this.#acquire(keys, [token, ttlMs])) !== 1) return undefined;
    return {
      renew: async () => (await this.#renew(keys, [token, ttlMs])) === 1,
      release: async () => void (await this.#release(keys, [token])),
    };
  }
}
