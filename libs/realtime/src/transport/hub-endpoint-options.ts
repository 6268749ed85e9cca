import type { IncomingMessage } from 'node:http';
import type { Clock } from '@portico/core';
import type { HubOptions } from '../hub/hub-options.js';
import type { NegotiatedConnection, OpenConnection } from './negotiated-connection.js';
import type { TransportName } from './transport-channel.js';

/** Bounds of a hub's connections, and the transports that it offers. */
export interface HubEndpointOptions extends HubOptions {
  /** Those that are offered; all by default. */
  readonly transports?: readonly TransportName[];
}

/** What a hub's endpoint works with. */
export interface HubEndpointDeps {
  readonly clock: Clock;
  readonly open: OpenConnection;
  /** What ids of its connections begin with, and a dot, so that whoever balances replicas finds theirs; undefined where this is the only one. */
  readonly node?: string | undefined;
  /** Whether the sender of a transport's request may use the connection; returns the status of its refusal (401, 403), undefined when it may. */
  readonly admit: (request: IncomingMessage, connection: NegotiatedConnection) => number | undefined;
}
