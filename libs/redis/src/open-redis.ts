import type { Redis, RedisOptions } from 'ioredis';
import type { RedisConnection, RedisScript } from './redis-connection.js';
import { Subscriptions } from './subscriptions.js';

export interface OpenRedisOptions {
  /** What every key and channel begins with; `portico:` by default. */
  readonly keyPrefix?: string;
  /** Longest wait for a connection and for an answer, in ms; 1,000 by default. */
  readonly timeoutMs?: number;
  /** Told when a connection is lost or refused, each time; nothing is done by default. */
  readonly onError?: (error: Error) => void;
}

const longestReconnectMs = 2_000;

/**
 * Connects to Redis (`redis://` or `rediss://`, as `REDIS_URL` has it). Goes on by itself when Redis has been away: until then every command is refused at once
 * instead of being queued, so that whoever needs it can decide what to do without. The package is loaded here, on first use.
 * @throws Error when Redis cannot be reached now
 */
export async function openRedis(url: string, { keyPrefix = 'portico:', timeoutMs = 1_000, onError = () => {} }: OpenRedisOptions = {}): Promise<RedisConnection> {
  const { Redis: Client } = await import('ioredis');
  const options = {
    keyPrefix,
    lazyConnect: true,
    connectTimeout: timeoutMs,
    commandTimeout: timeoutMs,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt: number) => Math.min(longestReconnectMs, 50 * attempt),
  } satisfies RedisOptions;
  const client = new Client(url, options);
  client.on('error', onError);
  try {
    await client.connect();
  } catch (error) {
    client.disconnect();
    throw error;
  }
  const subscriptions = new Subscriptions(() => subscriber(client, onError), keyPrefix);
  return {
    client,
    script: (lua) => preparedScript(client, lua),
    subscribe: (channel, listener, onReady) => subscriptions.add(channel, listener, onReady),
    publish: (channel, message) => client.publish(keyPrefix + channel, message),
    listeners: async (channel) => Number((await client.pubsub('NUMSUB', keyPrefix + channel))[1]),
    close: async () => {
      subscriptions.close();
      client.disconnect();
    },
  };
}

// A connection that listens takes no other commands; its own must wait for a reconnection, however long that takes, instead of failing.
function subscriber(client: Redis, onError: (error: Error) => void): Redis {
  const listening = client.duplicate({ enableOfflineQueue: true, maxRetriesPerRequest: null, lazyConnect: false, commandTimeout: undefined });
  listening.on('error', onError);
  return listening;
}

let scripts = 0;

function preparedScript(client: Redis, lua: string): RedisScript {
  const name = `porticoScript${++scripts}`;
  client.defineCommand(name, { lua });
  const run = (client as unknown as Record<string, (keyCount: number, ...rest: (string | number | Buffer)[]) => Promise<unknown>>)[name]!.bind(client);
  return (keys, args) => run(keys.length, ...keys, ...args);
}
