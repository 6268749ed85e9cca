import type { Awaitable, Clock } from '@portico/core';
import type { RedisConnection } from '@portico/redis';

/** Longest wait until a channel is heard, in ms. */
const readyMs = 1_000;

interface Watched {
  /** Undefined once it is heard, or was waited for long enough. */
  ready: Promise<void> | undefined;
  readonly stop: Promise<() => Promise<void>>;
}

/** The channels that a node listens to, each once. */
export class WatchedChannels {
  readonly #redis: Pick<RedisConnection, 'subscribe'>;
  readonly #clock: Clock;
  readonly #hear: (message: Buffer) => void;
  readonly #channels = new Map<string, Watched>();

  constructor(redis: Pick<RedisConnection, 'subscribe'>, clock: Clock, hear: (message: Buffer) => void) {
    this.#redis = redis;
    this.#clock = clock;
    this.#hear = hear;
  }

  /** Settles once it is heard. While Redis is away it settles after a second: the channel is heard when Redis is back. */
  watch(channel: string): Awaitable<void> {
    const known = this.#channels.get(channel);
    if (known) return known.ready;
    const stop = this.#redis.subscribe(channel, this.#hear);
    const watched: Watched = { ready: this.#patiently(stop).then(() => void (watched.ready = undefined)), stop };
    this.#channels.set(channel, watched);
    return watched.ready;
  }

  unwatch(channel: string): void {
    const watched = this.#channels.get(channel);
    this.#channels.delete(channel);
    // Rejects when the connection to Redis has been closed meanwhile.
    void watched?.stop.then((stop) => stop()).catch(() => {});
  }

  close(): void {
    for (const channel of [...this.#channels.keys()]) this.unwatch(channel);
  }

  #patiently(heard: Promise<unknown>): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.#clock.schedule(resolve, readyMs);
      const done = (): void => {
        timer.cancel();
        resolve();
      };
      heard.then(done, done);
    });
  }
}
