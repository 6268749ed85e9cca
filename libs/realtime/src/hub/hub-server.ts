import type { Clock } from '@portico/core';
import type { HubProtocol } from '../protocol/hub-protocol.js';
import type { OpenConnection } from '../transport/negotiated-connection.js';
import { ConnectionLife } from './connection-life.js';
import type { HubBackplane } from './hub-backplane.js';
import type { HubClients } from './hub-clients.js';
import type { HubDefinition } from './hub-definition.js';
import { HubMembers } from './hub-members.js';
import type { HubObserver } from './hub-observer.js';
import type { HubOptions } from './hub-options.js';
import type { HubParts } from './hub-parts.js';
import { InProcessBackplane } from './in-process.backplane.js';
import { MethodTable } from './method-table.js';
import { PublishedClients } from './published-clients.js';
import { Ticker } from './ticker.js';

/** Longest time between two looks at the times of a connection, in ms; shorter where one of them is short. */
const maxTickMs = 1_000;

/** Time between two looks at whether a slow client has read on, in ms. */
const congestionTickMs = 20;

/** A client may always have this many calls in progress, even where it may send fewer messages in a second. */
const minCalls = 100;

/** What a hub works with. */
export interface HubDependencies {
  readonly clock: Clock;
  /** Those of the protocols that are spoken here. */
  readonly protocols: readonly HubProtocol[];
  /** Hears what methods and events of the hub throw, except `HubError`. Must not throw. */
  readonly onError?: ((error: unknown) => void) | undefined;
  /** In process by default. */
  readonly backplane?: HubBackplane | undefined;
  /** Nobody by default. */
  readonly observer?: HubObserver | undefined;
}

/** A hub: calls of its clients reach its methods, and it can call them. It speaks SignalR's hub protocol, as official clients do. */
export class HubServer {
  /** Clients of every replica. */
  readonly clients: HubClients;
  /** Clients of this process alone: for what each replica hears by itself. */
  readonly clientsHere: HubClients;
  readonly #parts: HubParts;
  #closing: Promise<void> | undefined;

  /** @throws Error for two methods whose names differ in case alone */
  constructor(definition: HubDefinition, options: HubOptions, { clock, protocols, onError = () => {}, backplane = new InProcessBackplane(), observer }: HubDependencies) {
    const members = new HubMembers(backplane, observer);
    const shortestMs = Math.min(options.handshakeTimeoutMs, options.keepAliveMs, options.clientTimeoutMs);
    this.#parts = {
      definition,
      methods: new MethodTable(definition),
      options,
      // What a client may send at once may also wait.
      maxCalls: Math.max(minCalls, options.messagesPerSecond),
      clock,
      protocols,
      members,
      heartbeat: new Ticker(clock, Math.min(maxTickMs, shortestMs / 5)),
      congested: new Ticker(clock, congestionTickMs),
      onError,
      observer,
    };
    backplane.attach(members);
    this.clients = new PublishedClients(backplane);
    const here = new InProcessBackplane();
    here.attach(members);
    this.clientsHere = new PublishedClients(here);
  }

  /** Takes a connection over. After `close` it is ended at once. */
  readonly open: OpenConnection = (connection, channel) => {
    const life = new ConnectionLife(connection, channel, this.#parts);
    // Later, for the transport does not know yet whom to tell.
    if (this.#closing) queueMicrotask(() => void life.goAway());
    return life;
  };

  /** Connections whose channels are open, whether or not their handshake is done. */
  get connections(): number {
    return this.#parts.heartbeat.members.size;
  }

  /** Tells every client that it may come back, and ends its connection. Settles once all channels are closed and all events of the hub are handled. */
  close(): Promise<void> {
    this.#closing ??= Promise.all([...this.#parts.heartbeat.members].map((life) => life.goAway())).then(() => {});
    return this.#closing;
  }
}
