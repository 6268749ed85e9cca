import { hash } from 'node:crypto';
import type { Awaitable, Clock } from '@portico/core';
import type { Reachability, RedisConnection, RedisScript } from '@portico/redis';
import { wholeSeconds } from './counter.js';
import type { CountingStorage, ThrottlerRecord } from './counting-storage.js';
import { slidingCounting, type Counting } from './counting.js';
import { countingScripts } from './counting.scripts.js';
import { MemoryThrottlerStorage } from './memory-throttler-storage.js';
import { RefusedKeys, type HeldAgainst } from './refused-keys.js';

export interface RedisThrottlerStorageOptions {
  readonly clock: Clock;
  /** Whether Redis can be asked. */
  readonly reach: Reachability;
  /** Name of the gateway whose replicas count together: apart from all others in the same Redis. */
  readonly gateway: string;
}

// Longer ones are kept as digests.
const longestKey = 200;

/**
 * Counts the hits of all replicas together in Redis, with the answers of `MemoryThrottlerStorage`: one script and one round trip a hit, by the clock of Redis.
 * A key that was refused is refused here without asking until it has room again. While Redis is away each replica counts for itself, from nothing and without waiting: so a limit holds
 * as many times over as there are replicas. When Redis is back, its counts go on where they stood.
 */
export class RedisThrottlerStorage implements CountingStorage {
  readonly #reach: Reachability;
  readonly #prefix: string;
  readonly #scripts: Readonly<Record<Counting['algorithm'], RedisScript>>;
  readonly #alone: MemoryThrottlerStorage;
  readonly #refused: RefusedKeys;

  constructor(redis: Pick<RedisConnection, 'script'>, { clock, reach, gateway }: RedisThrottlerStorageOptions) {
    this.#reach = reach;
    this.#prefix = `limit:${gateway}:`;
    this.#scripts = { sliding: redis.script(countingScripts.sliding), fixed: redis.script(countingScripts.fixed), 'token-bucket': redis.script(countingScripts['token-bucket']) };
    this.#alone = new MemoryThrottlerStorage({ clock });
    this.#refused = new RefusedKeys(clock);
  }

  /** As that of `MemoryThrottlerStorage`; a promise only when Redis is asked. Never rejects. */
  hit(key: string, ttl: number, limit: number, blockDuration: number, throttlerName: string, counting: Counting = slidingCounting): Awaitable<ThrottlerRecord> {
    const place = this.#place(key, throttlerName);
    const { algorithm, burst } = counting;
    const against: HeldAgainst = [ttl, limit, blockDuration, burst, algorithm];
    const refused = this.#refused.recordOf(place, against);
    if (refused) return refused;
    const alone = (): ThrottlerRecord => this.#alone.hit(key, ttl, limit, blockDuration, throttlerName, counting);
    if (this.#reach.away) return alone();
    return this.#reach.ask(() => this.#scripts[algorithm]([place], [ttl, limit, blockDuration, burst])).then((answer) => this.#record(place, against, answer as number[]), alone);
  }

  /** The same as `hit`, as the package's interface has it. */
  async increment(key: string, ttl: number, limit: number, blockDuration: number, throttlerName: string): Promise<ThrottlerRecord> {
    return this.hit(key, ttl, limit, blockDuration, throttlerName);
  }

  // The length keeps names and keys apart. No other key begins with the sign of a digest.
  #place(key: string, limiter: string): string {
    const place = `${limiter.length}:${limiter}${key}`;
    return this.#prefix + (place.length > longestKey ? `#${hash('sha256', place, 'base64url')}` : place);
  }

  #record(place: string, against: HeldAgainst, answer: readonly number[]): ThrottlerRecord {
    const [totalHits, refused, windowLeftMs, waitMs] = answer as [number, number, number, number];
    if (refused === 1) this.#refused.add(place, against, totalHits, windowLeftMs, waitMs);
    return { totalHits, timeToExpire: wholeSeconds(windowLeftMs), isBlocked: refused === 1, timeToBlockExpire: refused === 1 ? wholeSeconds(waitMs) : 0 };
  }
}
