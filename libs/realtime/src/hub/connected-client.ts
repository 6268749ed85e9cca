import { Cancellation, PorticoError, type Awaitable, type Caller } from '@portico/core';
import { messageType, type HubMessage } from '../protocol/hub-message.js';
import type { HubProtocol } from '../protocol/hub-protocol.js';
import type { Payload } from '../protocol/payload.js';
import type { NegotiatedConnection } from '../transport/negotiated-connection.js';
import type { TransportChannel } from '../transport/transport-channel.js';
import { ClientResults } from './client-results.js';
import type { ConnectionEnd } from './connection-end.js';
import { ConnectionFault } from './end-reason.js';
import type { HubConnection } from './hub-connection.js';
import type { HubParts } from './hub-parts.js';
import type { Resumption } from './resumption.js';
import type { Ticking } from './ticker.js';

/** A client whose handshake is done: what a hub can do with it, until it is over; from then on it does nothing. */
export class ConnectedClient implements HubConnection, Ticking {
  readonly id: string;
  readonly caller: Caller;
  readonly protocol: HubProtocol;
  readonly results = new ClientResults();
  /** What is given up when it is over. */
  readonly cancellation = new Cancellation();
  readonly #channel: TransportChannel;
  readonly #parts: HubParts;
  readonly #end: ConnectionEnd;
  #sentAtMs: number;
  #items: Map<string, unknown> | undefined;
  #paused: (() => void)[] = [];

  /** @param resumption only for a client that may go on over another socket */
  constructor(
    { id, caller }: NegotiatedConnection,
    protocol: HubProtocol,
    channel: TransportChannel,
    parts: HubParts,
    end: ConnectionEnd,
    readonly resumption?: Resumption,
  ) {
    this.id = id;
    this.caller = caller;
    this.protocol = protocol;
    this.#channel = channel;
    this.#parts = parts;
    this.#end = end;
    this.#sentAtMs = parts.heartbeat.nowMs;
  }

  // Most connections keep nothing: what costs memory is made at first use.
  get items(): Map<string, unknown> {
    return (this.#items ??= new Map());
  }

  get signal(): AbortSignal {
    return this.cancellation.toAbortSignal();
  }

  /** When it was last sent something, on the scale of the heartbeat. */
  get sentAtMs(): number {
    return this.#sentAtMs;
  }

  /** Whether so much waits for it that what can wait should: well before it is cut off. */
  get congested(): boolean {
    return !this.cancellation.cancelled && (this.#channel.bufferedBytes > this.#parts.options.maxBufferedBytes / 4 || this.resumption?.crowded === true);
  }

  /** Settles when it is congested no more, or over. All that wait share one look at it. */
  uncongested(): Promise<void> {
    return new Promise((resolve) => {
      this.#paused.push(resolve);
      this.#parts.congested.add(this);
    });
  }

  tick(): void {
    if (!this.congested) this.#resume();
  }

  /** Sends a record that others may get as well. A client that does not read is cut off here. */
  deliver(record: Payload): void {
    if (this.cancellation.cancelled || this.resumption?.keep(record) === false) return;
    this.#give(record);
  }

  /** Shows that this side lives. */
  ping(): void {
    if (!this.cancellation.cancelled) this.#give(this.protocol.write({ type: messageType.ping }));
  }

  #give(record: Payload): void {
    if (this.#channel.bufferedBytes > this.#parts.options.maxBufferedBytes) return this.#end.drop(new ConnectionFault('slow', 'The client does not read what it is sent.'));
    this.#sentAtMs = this.#parts.heartbeat.nowMs;
    this.#channel.send(record);
  }

  /** Sends a message that counts as one: not a ping, nor a word about the connection. Throws what serialising throws. */
  write(message: HubMessage): void {
    if (this.cancellation.cancelled) return;
    const record = this.protocol.write(message);
    this.#parts.observer?.messageSent(Buffer.byteLength(record), 1);
    this.deliver(record);
  }

  send(method: string, ...args: readonly unknown[]): void {
    this.write({ type: messageType.invocation, target: method, arguments: args });
  }

  /** Calls a method and waits for its result, as `HubClients.invoke` says. */
  invoke(method: string, args: readonly unknown[], signal?: AbortSignal): Promise<unknown> {
    return this.results.ask((invocationId) => this.write({ type: messageType.invocation, invocationId, target: method, arguments: args }), signal);
  }

  join(group: string): Awaitable<void> {
    return this.cancellation.cancelled ? undefined : this.#parts.members.join(this, group);
  }

  leave(group: string): void {
    this.#parts.members.leave(this, group);
  }

  close(error?: string, allowReconnect = false): void {
    this.#end.close(error, allowReconnect);
  }

  /** It is over: all that hangs on it is told. */
  end(): void {
    this.cancellation.cancel(new PorticoError('CLIENT_CLOSED', { detail: 'The connection is over.' }));
    this.results.end();
    this.#resume();
  }

  #resume(): void {
    this.#parts.congested.delete(this);
    for (const resume of this.#paused.splice(0)) resume();
  }
}
