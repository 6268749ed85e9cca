import type { Clock, Random } from '@portico/core';
import type { IdentityProvider } from './identity-provider.js';
import type { Lease } from './lease.js';
import type { SessionLimits } from './session-limits.js';
import type { SessionStore } from './session.store.js';

/** What a refresh needs. */
export interface SessionTokensDeps {
  readonly store: SessionStore;
  readonly provider: Pick<IdentityProvider, 'refresh' | 'revoke'>;
  readonly lease: Lease;
  readonly limits: SessionLimits;
  readonly clock: Clock;
  readonly random: Random;
}

export interface SessionTokensOptions {
  /** For how long a refresh is reserved for one replica at a time, in ms; renewed as long as it runs. 3,000 by default. */
  readonly leaseMs?: number;
  /** How long a request waits for another replica's refresh, in ms; 15,000 by default. */
  readonly waitMs?: number;
}
