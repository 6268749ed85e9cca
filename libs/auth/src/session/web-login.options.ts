import type { Clock } from '@portico/core';
import type { ReplayStore } from '../dpop/replay-store.js';

/** How users log in. */
export interface WebLoginOptions {
  /** Address of the callback, registered with the provider; it comes from the configuration, never from a request. */
  readonly redirectUri: string;
  /** Scopes to ask for, set apart by spaces; `openid` among them. */
  readonly scope: string;
  /** The service that the access token is for (RFC 8707); the provider decides when it is missing. */
  readonly resource?: string | undefined;
  /** 32 bytes with which transactions are sealed, the same in every replica; made at start by default, which is good for one. */
  readonly transactionKey?: Uint8Array | undefined;
  /** How long a login may take, in ms; 15 minutes by default, and at most. */
  readonly limitMs?: number | undefined;
}

export interface WebLoginDeps {
  readonly clock: Clock;
  /** Shared by all replicas, or a callback works once at each of them. */
  readonly replays: ReplayStore;
}
