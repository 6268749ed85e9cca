import type { Reachability, RedisConnection } from '@portico/redis';

/** Where the replicas of a gateway share what they keep. */
export interface SharedCacheOptions {
  readonly redis: RedisConnection;
  /** Whether Redis can be asked. */
  readonly reach: Reachability;
  /** Name of the gateway: what its replicas keep stays apart from all others in the same Redis. */
  readonly gateway: string;
}
