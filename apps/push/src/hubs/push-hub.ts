import type { IncomingMessage } from 'node:http';
import type { Clock } from '@portico/core';
import { HubEndpoint, HubServer, InProcessBackplane, jsonHubProtocol, messagePackHubProtocol, RedisBackplane, type HubBackplane, type HubClients, type HubConnection, type HubObserver, type HubOptions } from '@portico/realtime';
import type { RedisConnection } from '@portico/redis';
import type { PushCaller } from '../clients/push-caller.js';
import type { TokenWatch } from '../clients/token-watch.js';
import type { ClientEvents } from '../events/client-events.js';
import type { UserGroups } from '../groups/user-groups.js';

export interface PushHubDeps {
  readonly clock: Clock;
  readonly options: HubOptions;
  /** By which replicas reach each other; undefined where this is the only one. */
  readonly redis: RedisConnection | undefined;
  /** Name of this replica, for ids of connections where there are others. */
  readonly node: string;
  readonly events: ClientEvents;
  readonly groups: UserGroups;
  readonly watch: TokenWatch;
  readonly observer: (hub: string) => HubObserver | undefined;
  readonly onError: (hub: string, error: unknown) => void;
}

const protocols = [jsonHubProtocol, messagePackHubProtocol];

/** One hub: its connections here, what they join by themselves, and what services hear of them. It has no methods: every call goes to a service. */
export class PushHub {
  readonly endpoint: HubEndpoint;
  readonly clients: HubClients;
  readonly #server: HubServer;
  readonly #backplane: HubBackplane;
  readonly #callers = new WeakMap<IncomingMessage, PushCaller>();

  private constructor(name: string, backplane: HubBackplane, { clock, options, events, groups, watch, observer, onError }: PushHubDeps) {
    const definition = {
      name,
      methods: [],
      fallback: (target: string) => events.method(name, target),
      connected: async (connection: HubConnection) => {
        watch.add(connection);
        await joinOwnGroups(name, connection, groups);
        await events.connected(name, connection);
      },
      disconnected: (connection: HubConnection, error: Error | undefined) => events.disconnected(name, connection, error),
    };
    this.#backplane = backplane;
    this.#server = new HubServer(definition, options, { clock, protocols, backplane, observer: observer(name), onError: (error) => onError(name, error) });
    this.clients = this.#server.clients;
    this.endpoint = new HubEndpoint(options, {
      clock,
      node: backplane.node,
      open: this.#server.open,
      admit: (request, { caller }) => (this.#callers.get(request)?.id === caller.id ? undefined : 403),
    });
  }

  /** Settles once it hears the other replicas. */
  static async open(name: string, deps: PushHubDeps): Promise<PushHub> {
    const { redis, node, clock, onError } = deps;
    const backplane = redis ? await RedisBackplane.open(redis, { hub: name, node, clock, protocols, onError: (error) => onError(name, error) }) : new InProcessBackplane();
    return new PushHub(name, backplane, deps);
  }

  /** Says who has sent a request of a transport, before the endpoint gets it. */
  know(request: IncomingMessage, caller: PushCaller): void {
    this.#callers.set(request, caller);
  }

  /** Ends every connection, in a way that clients come back from by themselves; settles once services were told. */
  async close(): Promise<void> {
    this.endpoint.stop();
    await this.#server.close();
    await this.#backplane.close();
  }
}

async function joinOwnGroups(hub: string, connection: HubConnection, groups: UserGroups): Promise<void> {
  if (connection.caller.kind === 'anonymous') return;
  try {
    await Promise.all((await groups.of(hub, connection.caller.id)).map((group) => connection.join(group)));
  } catch (error) {
    // Better to come back later than to miss what the groups are told.
    connection.close('The groups of the user cannot be looked up now.', true);
    throw error;
  }
}
