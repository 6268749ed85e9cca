import type { Clock } from '@portico/core';
import type { RedisConnection, RedisScript } from '@portico/redis';
import { addressGroup } from './address-group.js';
import { BlockedAddresses } from './blocked-addresses.js';
import { keyFailuresConfig, type KeyFailures, type KeyFailuresOptions } from './key-failures.js';
import { MemoryKeyFailures } from './memory-key-failures.js';

export interface RedisKeyFailuresOptions extends KeyFailuresOptions {
  readonly clock: Clock;
  /** Told whenever Redis does not count. Nothing is done by default. */
  readonly onFault?: ((error: unknown) => void) | undefined;
}

const channel = 'api-key-failures';

// The last moments of failures by the clock of Redis, newest first. Answers whether this one was one too many, and how long keys are refused from now on.
const countScript = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local limit, window = tonumber(ARGV[1]), tonumber(ARGV[2])
local function wait()
  local oldest = redis.call('LINDEX', KEYS[1], limit - 1)
  return oldest and math.max(0, tonumber(oldest) + window - now) or 0
end
local before = wait()
if before > 0 then return { 1, before } end
redis.call('LPUSH', KEYS[1], string.format('%.0f', now))
redis.call('LTRIM', KEYS[1], 0, limit - 1)
redis.call('PEXPIRE', KEYS[1], window)
return { 0, wait() }`;

/**
 * Counts wrong keys for all replicas together. Who is blocked is told to all of them, so that a good key waits for nothing; a replica that starts later learns it with the first wrong key.
 * While Redis is away each replica counts for itself, and so nobody is free to guess.
 */
export class RedisKeyFailures implements KeyFailures {
  readonly #clock: Clock;
  readonly #redis: RedisConnection;
  readonly #script: RedisScript;
  readonly #args: readonly [limit: number, windowMs: number];
  readonly #onFault: (error: unknown) => void;
  readonly #blocked: BlockedAddresses;
  readonly #alone: MemoryKeyFailures;
  #stop: (() => Promise<void>) | undefined;

  private constructor(redis: RedisConnection, { onFault = () => {}, ...options }: RedisKeyFailuresOptions) {
    const { limit, windowMs, maxAddresses } = keyFailuresConfig(options);
    this.#clock = options.clock;
    this.#redis = redis;
    this.#script = redis.script(countScript);
    this.#args = [limit, windowMs];
    this.#onFault = onFault;
    this.#blocked = new BlockedAddresses(maxAddresses);
    this.#alone = new MemoryKeyFailures(options);
  }

  /** Begins to listen for who is blocked, until `close`. @throws Error when Redis cannot be asked now */
  static async open(redis: RedisConnection, options: RedisKeyFailuresOptions): Promise<RedisKeyFailures> {
    const failures = new RedisKeyFailures(redis, options);
    failures.#stop = await redis.subscribe(channel, (message) => failures.#hear(message.toString()));
    return failures;
  }

  blockedMs(address: string): number {
    const here = this.#alone.blockedMs(address);
    return here > 0 || this.#blocked.none ? here : this.#blocked.waitMs(addressGroup(address), this.#clock.now());
  }

  async count(address: string): Promise<number> {
    const group = addressGroup(address);
    try {
      const [over, waitMs] = (await this.#script([`api-key-failures:${group}`], this.#args)) as [number, number];
      if (waitMs > 0) this.#block(group, waitMs);
      if (waitMs > 0 && over === 0) await this.#redis.publish(channel, `${waitMs} ${group}`);
      return over === 1 ? waitMs : 0;
    } catch (error) {
      this.#onFault(error);
      return this.#alone.count(address);
    }
  }

  /** Ends listening; the connection stays open. */
  async close(): Promise<void> {
    await this.#stop?.();
  }

  #hear(message: string): void {
    const [, waitMs, group] = /^(\d{1,9}) (.+)$/.exec(message) ?? [];
    if (waitMs !== undefined && group !== undefined) this.#block(group, Number(waitMs));
  }

  #block(group: string, waitMs: number): void {
    const now = this.#clock.now();
    this.#blocked.block(group, now + waitMs, now);
  }
}
