import type { Clock, Timer } from '@portico/core';
import type { RedisConnection } from './redis-connection.js';

export interface ReachabilityOptions {
  readonly clock: Clock;
  /** Told once whenever Redis goes away. Nothing is done by default. */
  readonly onAway?: ((error: unknown) => void) | undefined;
  /** Told once whenever it is back. Nothing is done by default. */
  readonly onBack?: (() => void) | undefined;
}

const timeoutMs = 500;
const retryMs = 500;

/**
 * Knows whether Redis can be asked now, for whoever can go on without it. One failure is enough: from then on nobody waits for Redis, until it has answered a look that is
 * taken every 500 ms. One for all that uses a connection, so that what one has found out spares the others the wait.
 */
export class Reachability {
  readonly #redis: Pick<RedisConnection, 'client'>;
  readonly #clock: Clock;
  readonly #onAway: (error: unknown) => void;
  readonly #onBack: (() => void)[];
  #away = false;
  #closed = false;
  #timer: Timer | undefined;

  constructor(redis: Pick<RedisConnection, 'client'>, { clock, onAway = () => {}, onBack }: ReachabilityOptions) {
    this.#redis = redis;
    this.#clock = clock;
    this.#onAway = onAway;
    this.#onBack = onBack ? [onBack] : [];
  }

  /** Whether it is of no use to ask now. */
  get away(): boolean {
    return this.#away;
  }

  /** Has `listener` called, too, whenever Redis is back. */
  whenBack(listener: () => void): void {
    this.#onBack.push(listener);
  }

  /**
   * Does what asks Redis. Rejects at once while Redis is away, and when there is no answer within 500 ms.
   * @param task sends its commands to the connection
   */
  ask<T>(task: () => Promise<T>): Promise<T> {
    if (this.#away) return Promise.reject(new Error('Redis is away'));
    return new Promise((resolve, reject) => {
      let settled = false;
      const settle = (): void => {
        settled = true;
        timer.cancel();
      };
      const fail = (error: unknown): void => {
        if (settled) return;
        settle();
        this.#leave(error);
        reject(error);
      };
      // After what has arrived was read: a process that was busy all the time must not take that for Redis being slow.
      const timer = this.#clock.schedule(() => void setImmediate(fail, new Error(`Redis did not answer within ${timeoutMs} ms`)), timeoutMs);
      task().then((answer) => {
        settle();
        resolve(answer);
      }, fail);
    });
  }

  /** Ends looking. The connection is left to whoever opened it. */
  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
  }

  #leave(error: unknown): void {
    if (this.#away || this.#closed) return;
    this.#away = true;
    this.#onAway(error);
    this.#lookLater();
  }

  #lookLater(): void {
    if (this.#closed) return;
    this.#timer = this.#clock.schedule(() => {
      this.#redis.client.ping().then(() => this.#return(), () => this.#lookLater());
    }, retryMs);
  }

  #return(): void {
    if (this.#closed) return;
    this.#away = false;
    for (const listener of this.#onBack) listener();
  }
}
