import type { IncomingMessage } from 'node:http';
import type { ConnectionDirectory, DirectoryEntry } from './connection-directory.js';
import type { HubEndpointDeps } from './hub-endpoint-options.js';
import { connectionIdOf } from './request-query.js';
import { refusals, senderRefusal, type Refusal } from './request-refusal.js';
import type { TransportName } from './transport-channel.js';

/** Which connection a request of a transport is for, and whether it is served. */
export class RequestGate {
  readonly #directory: ConnectionDirectory;
  readonly #transports: readonly TransportName[];
  readonly #admit: HubEndpointDeps['admit'];

  /** @param transports those that are offered */
  constructor(directory: ConnectionDirectory, transports: readonly TransportName[], admit: HubEndpointDeps['admit']) {
    this.#directory = directory;
    this.#transports = transports;
    this.#admit = admit;
  }

  /** The connection that the query names, if its sender may use it. */
  find(request: IncomingMessage): DirectoryEntry | Refusal {
    const id = connectionIdOf(request);
    if (id === undefined) return refusals.noId;
    const entry = this.#directory.find(id);
    if (!entry) return this.#refusalOfUnknown(id, request);
    const status = this.#admit(request, entry.connection);
    return status === undefined ? entry : senderRefusal(status);
  }

  /** Why a GET of this transport is not served for the connection; undefined when it is. */
  refusalOf({ open }: DirectoryEntry, transport: TransportName): Refusal | undefined {
    if (!this.#transports.includes(transport)) return refusals.transportOff;
    if (!open) return undefined;
    const { channel } = open;
    if (channel.transport !== transport) return refusals.transportChanged;
    return channel.transport === 'LongPolling' || (channel.transport === 'WebSockets' && channel.resumable) ? undefined : refusals.active;
  }

  /** Why no connection may begin with a WebSocket, without negotiation; undefined when one may. */
  refusalOfDirect(): Refusal | undefined {
    if (!this.#transports.includes('WebSockets')) return refusals.transportOff;
    if (this.#directory.stopped) return refusals.stopping;
    return this.#directory.full ? refusals.full : undefined;
  }

  #refusalOfUnknown(id: string, { method }: IncomingMessage): Refusal {
    if (this.#directory.isElsewhere(id)) return refusals.misdirected;
    // A client that wants to begin here finds nothing any more, and another instance may take it.
    return this.#directory.stopped && method === 'GET' ? refusals.stopping : refusals.unknown;
  }
}
