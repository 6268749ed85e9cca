import type { Awaitable } from '@portico/core';

/** A lease that is held. */
export interface LeaseHandle {
  /** Makes the time begin anew; false when the lease was lost to its end meanwhile. */
  renew(): Awaitable<boolean>;
  /** Gives it back. Does nothing when somebody else has it by now. */
  release(): Awaitable<void>;
}

/** The right to do something alone, over all replicas, for a time: who holds it and dies blocks nobody for longer. */
export interface Lease {
  /** The lease of `key` for `ttlMs`; undefined while somebody else holds it. */
  acquire(key: string, ttlMs: number): Awaitable<LeaseHandle | undefined>;
}
