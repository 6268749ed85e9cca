import { randomBytes } from 'node:crypto';
import {
  ApiKeyVerifier, FileApiKeyStore, MemoryKeyFailures, MemoryLease, MemoryReplayStore, MemoryRevocations, MemorySessionStore, RedisKeyFailures, RedisLease, RedisReplayStore, RedisRevocations, RedisSessionStore,
  type ApiKeyStore, type KeyFailures, type Lease, type ReplayStore, type Revocations, type SessionStore,
} from '@portico/auth';
import { systemClock } from '@portico/core';
import { openRedis, Reachability, type ReachabilityOptions, type RedisConnection } from '@portico/redis';
import type { GatewayConfig } from '../gateway.config.js';

const clock = systemClock;

/** The parts of the state, and what ends them. */
interface StateParts {
  readonly replays: ReplayStore;
  readonly revocations: Revocations;
  readonly sessions: SessionStore;
  readonly lease: Lease;
  readonly failures: KeyFailures;
  readonly redis: RedisConnection | undefined;
  readonly reach: Reachability | undefined;
  readonly replica: string | undefined;
  readonly close: () => Promise<void>;
}

/** Who is told when Redis goes away, and when it is back. */
export type RedisListeners = Pick<ReachabilityOptions, 'onAway' | 'onBack'>;

const noKeys: ApiKeyStore = { find: () => undefined, list: async () => [], put: () => Promise.reject(new Error('There is no file of keys')), revoke: () => Promise.reject(new Error('There is no file of keys')) };

/** What a gateway knows of its callers from request to request: shared by replicas in Redis where that is configured, else in the memory of this process, which then is the only one. */
export class SharedState {
  /** What may be used once: proofs, logout tokens, callbacks. */
  readonly replays: ReplayStore;
  /** Access tokens that are over before their time. */
  readonly revocations: Revocations;
  readonly sessions: SessionStore;
  /** For what one replica does for all. */
  readonly lease: Lease;
  readonly apiKeys: ApiKeyVerifier;
  /** What replicas share it in; undefined where this is the only one. */
  readonly redis: RedisConnection | undefined;
  /** Whether it can be asked now, for what can go on without it. */
  readonly reach: Reachability | undefined;
  /** Name of this replica, where there may be others. */
  readonly replica: string | undefined;
  readonly #close: () => Promise<void>;

  /**
   * @param keys the partners' API keys
   * @param onFault told of a file of keys that cannot be read any more
   */
  constructor({ replays, revocations, sessions, lease, failures, redis, reach, replica, close }: StateParts, keys: string, onFault: (error: Error) => void) {
    const store = keys === '' ? undefined : new FileApiKeyStore(keys, { clock, onFault: (error) => onFault(error as Error) });
    this.replays = replays;
    this.revocations = revocations;
    this.sessions = sessions;
    this.lease = lease;
    this.redis = redis;
    this.reach = reach;
    this.replica = replica;
    this.apiKeys = new ApiKeyVerifier(store ?? noKeys, { clock, failures });
    this.#close = async () => {
      store?.close();
      await close();
    };
  }

  /**
   * Opens it.
   * @param onError told when Redis goes away, or the file of keys cannot be read any more
   * @param listeners told of what goes on without Redis, and no longer has to
   * @throws Error when Redis cannot be reached now: a gateway that shares nothing would let in whom another has sent away
   */
  static async open({ state, apiKeys }: Pick<GatewayConfig, 'state' | 'apiKeys'>, onError: (error: Error) => void, listeners: RedisListeners = {}): Promise<SharedState> {
    const limits = { limit: apiKeys.failuresPerMinute };
    const parts = state.redisUrl === '' ? inMemory(limits) : await inRedis(state, limits, onError, listeners);
    return new SharedState(parts, apiKeys.file, onError);
  }

  /** Ends the connections. */
  close(): Promise<void> {
    return this.#close();
  }
}

function inMemory(limits: { readonly limit: number }): StateParts {
  return {
    replays: new MemoryReplayStore({ clock }),
    revocations: new MemoryRevocations({ clock }),
    sessions: new MemorySessionStore(clock),
    lease: new MemoryLease(clock),
    failures: new MemoryKeyFailures({ clock, ...limits }),
    redis: undefined,
    reach: undefined,
    replica: undefined,
    close: async () => {},
  };
}

async function inRedis({ redisUrl, replica }: GatewayConfig['state'], limits: { readonly limit: number }, onError: (error: Error) => void, listeners: RedisListeners): Promise<StateParts> {
  const redis = await openRedis(redisUrl, { onError });
  const reach = new Reachability(redis, { clock, ...listeners });
  const [revocations, failures] = await Promise.all([RedisRevocations.open(redis, { clock }), RedisKeyFailures.open(redis, { clock, ...limits })]);
  return {
    replays: new RedisReplayStore(redis),
    revocations,
    sessions: new RedisSessionStore(redis, clock),
    lease: new RedisLease(redis),
    failures,
    redis,
    reach,
    replica: replica || randomBytes(6).toString('base64url'),
    close: async () => {
      reach.close();
      await Promise.all([revocations.close(), failures.close()]);
      await redis.close();
    },
  };
}
