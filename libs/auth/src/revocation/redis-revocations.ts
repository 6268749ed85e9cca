import type { Clock, Timer } from '@portico/core';
import type { RedisConnection, RedisScript } from '@portico/redis';
import { MemoryRevocations, type MemoryRevocationsOptions } from './memory-revocations.js';
import { readRevocation, revocationText } from './revocation-text.js';
import type { Revocation, Revocations } from './revocations.js';

export interface RedisRevocationsOptions extends MemoryRevocationsOptions {
  /** Told whenever Redis could not be read or written; nothing is done by default. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

// A sorted set by the end of each: nothing has to be searched for at start, and what is over is cut off.
const key = 'revocations';
const channel = 'revocations';
const write = `
redis.call('ZADD', KEYS[1], ARGV[1], ARGV[2])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[3])`;
const retryMs = 500;
// Listening may begin a little later than its connection is told to be ready: what was said in between is read by then.
const secondReadMs = 1_000;

/**
 * Revocations of all replicas that use the same Redis. Each replica holds all of them, so that no request waits for Redis: it reads what is there when it is opened, is told of
 * each further one at once, and reads again after every reconnection. While Redis is away it goes on with what it knows: what it revokes holds at this replica, and elsewhere
 * as soon as Redis is back; what others revoke meanwhile is known here by then, and not before.
 */
export class RedisRevocations implements Revocations {
  readonly #redis: RedisConnection;
  readonly #clock: Clock;
  readonly #known: MemoryRevocations;
  readonly #write: RedisScript;
  readonly #onError: (error: unknown) => void;
  /** What Redis does not have yet, with its end in ms since the Unix epoch. */
  readonly #unsent = new Map<string, number>();
  #timer: Timer | undefined;
  #stopListening: (() => Promise<void>) | undefined;
  #state: 'opening' | 'open' | 'closed' = 'opening';

  private constructor(redis: RedisConnection, options: RedisRevocationsOptions) {
    this.#redis = redis;
    this.#clock = options.clock;
    this.#known = new MemoryRevocations(options);
    this.#write = redis.script(write);
    this.#onError = options.onError ?? (() => {});
  }

  /**
   * Listens, and reads what is revoked.
   * @throws Error when Redis fails meanwhile: without the list nobody can tell which tokens are over
   */
  static async open(redis: RedisConnection, options: RedisRevocationsOptions): Promise<RedisRevocations> {
    const revocations = new RedisRevocations(redis, options);
    try {
      await revocations.#open();
    } catch (error) {
      await revocations.close();
      throw error;
    }
    return revocations;
  }

  get version(): number {
    return this.#known.version;
  }

  isRevoked(claims: Readonly<Record<string, unknown>>): boolean {
    return this.#known.isRevoked(claims);
  }

  /** Resolves when every replica that listens has been told. Rejects when Redis is away: it holds here then, and is told again until Redis has it. */
  async revoke(which: Revocation): Promise<void> {
    const endsAtMs = this.#clock.epochMs() + this.#known.keepMs;
    this.#known.add(which, endsAtMs);
    const text = revocationText(which);
    try {
      await this.#send(text, endsAtMs);
    } catch (error) {
      this.#unsent.set(text, endsAtMs);
      this.#catchUpIn(retryMs, false);
      throw error;
    }
  }

  /** Ends listening; what is known stays. The connection is left to whoever opened it. */
  async close(): Promise<void> {
    this.#state = 'closed';
    this.#timer?.cancel();
    await this.#stopListening?.();
  }

  async #open(): Promise<void> {
    this.#stopListening = await this.#redis.subscribe(channel, (message) => this.#hear(message.toString()), () => this.#state === 'open' && this.#catchUp(true));
    await this.#read();
    this.#state = 'open';
  }

  async #send(text: string, endsAtMs: number): Promise<void> {
    await this.#write([key], [endsAtMs, text, this.#clock.epochMs()]);
    await this.#redis.publish(channel, `${endsAtMs} ${text}`);
  }

  #hear(message: string): void {
    const end = message.indexOf(' ');
    this.#add(message.slice(end + 1), Number(message.slice(0, end)));
  }

  #add(text: string, endsAtMs: number): void {
    const which = readRevocation(text);
    if (which && Number.isFinite(endsAtMs)) this.#known.add(which, endsAtMs);
  }

  async #read(): Promise<void> {
    const found = await this.#redis.client.zrangebyscore(key, this.#clock.epochMs(), '+inf', 'WITHSCORES');
    for (let index = 0; index + 1 < found.length; index += 2) this.#add(found[index] as string, Number(found[index + 1]));
  }

  #catchUp(twice: boolean): void {
    this.#timer?.cancel();
    this.#sync().then(
      () => twice && this.#catchUpIn(secondReadMs, false),
      (error: unknown) => {
        if (this.#state === 'closed') return;
        this.#onError(error);
        this.#catchUpIn(retryMs, twice);
      },
    );
  }

  #catchUpIn(delayMs: number, twice: boolean): void {
    if (this.#state === 'closed') return;
    this.#timer?.cancel();
    this.#timer = this.#clock.schedule(() => this.#catchUp(twice), delayMs);
  }

  async #sync(): Promise<void> {
    for (const [text, endsAtMs] of this.#unsent) {
      await this.#send(text, endsAtMs);
      this.#unsent.delete(text);
    }
    await this.#read();
  }
}
