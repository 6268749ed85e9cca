import type { Clock } from '@portico/core';
import type { HubProtocol } from '../protocol/hub-protocol.js';
import type { ConnectedClient } from './connected-client.js';
import type { ConnectionLife } from './connection-life.js';
import type { HubDefinition } from './hub-definition.js';
import type { HubMembers } from './hub-members.js';
import type { HubObserver } from './hub-observer.js';
import type { HubOptions } from './hub-options.js';
import type { MethodTable } from './method-table.js';
import type { Ticker } from './ticker.js';

/** What all connections of a hub share. */
export interface HubParts {
  readonly definition: HubDefinition;
  readonly methods: MethodTable;
  readonly options: HubOptions;
  /** Calls of one client that run or wait, and messages that wait while it is being connected. */
  readonly maxCalls: number;
  readonly clock: Clock;
  readonly protocols: readonly HubProtocol[];
  readonly members: HubMembers;
  /** All connections. */
  readonly heartbeat: Ticker<ConnectionLife>;
  /** Those for which streams wait until they have read on. */
  readonly congested: Ticker<ConnectedClient>;
  readonly onError: (error: unknown) => void;
  readonly observer: HubObserver | undefined;
}
