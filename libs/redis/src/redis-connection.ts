import type { Redis } from 'ioredis';

/** Runs a Lua script, by its digest once Redis knows it. */
export type RedisScript = (keys: readonly string[], args: readonly (string | number | Buffer)[]) => Promise<unknown>;

/** One application's connection to Redis. */
export interface RedisConnection {
  /** For single commands; keys get the connection's prefix by themselves. A command fails at once while Redis is away. */
  readonly client: Redis;
  /** Prepares a script; for use at start. Its keys get the prefix too. */
  script(lua: string): RedisScript;
  /**
   * Listens to a channel, also after every reconnection.
   * @param onReady told whenever listening begins, at first and after a reconnection: what was said meanwhile has been missed
   * @returns what ends it
   */
  subscribe(channel: string, listener: (message: Buffer) => void, onReady?: () => void): Promise<() => Promise<void>>;
  /**
   * Tells everybody who listens to a channel.
   * @returns how many connections that are
   */
  publish(channel: string, message: string | Buffer): Promise<number>;
  /** How many connections listen to a channel. */
  listeners(channel: string): Promise<number>;
  /** Ends every connection. */
  close(): Promise<void>;
}
