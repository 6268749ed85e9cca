import type { Awaitable } from '@portico/core';
import { messageType, type HubMessage } from '../protocol/hub-message.js';
import type { MessageReader } from '../protocol/hub-protocol.js';
import type { Payload } from '../protocol/payload.js';
import { CallDispatcher, type DispatchedMessage } from './call-dispatcher.js';
import type { ConnectedClient } from './connected-client.js';
import type { ConnectionEnd } from './connection-end.js';
import { errorText } from './error-text.js';
import { HubError } from './hub-error.js';
import type { HubParts } from './hub-parts.js';
import { MessageRate } from './message-rate.js';
import type { Resumption } from './resumption.js';

/** What is said with a client after the handshake: first the hub hears that it is connected, then its messages are heard in their order, at last the hub hears that it is gone. */
export class Conversation {
  readonly #client: ConnectedClient;
  readonly #parts: HubParts;
  readonly #end: ConnectionEnd;
  #reader: MessageReader;
  readonly #rate: MessageRate;
  /** What waits until the hub knows the client; undefined when it does. */
  #waiting: DispatchedMessage[] | undefined;
  /** Made for the first message: many clients only listen. */
  #calls: CallDispatcher | undefined;
  #connected = false;
  #over = false;
  #hooks: Promise<void> | undefined;

  constructor(client: ConnectedClient, parts: HubParts, end: ConnectionEnd) {
    this.#client = client;
    this.#parts = parts;
    this.#end = end;
    this.#reader = client.protocol.reader(parts.options.maxMessageBytes);
    this.#rate = new MessageRate(parts.options.messagesPerSecond, parts.clock.now());
  }

  get client(): ConnectedClient {
    return this.#client;
  }

  /** Settles once no event of the hub about this client is being handled. */
  get hooks(): Promise<void> | undefined {
    return this.#hooks;
  }

  begin(): void {
    const reached = this.#parts.members.add(this.#client);
    if (reached || this.#parts.definition.connected) {
      this.#waiting = [];
      this.#hooks = this.#connect(reached);
    } else this.#connected = true;
  }

  /** The client goes on over another socket. */
  resumed(): void {
    // Of a record that was not complete nothing more comes.
    this.#reader = this.#client.protocol.reader(this.#parts.options.maxMessageBytes);
    this.#client.resumption?.resumed();
  }

  /** @throws HubProtocolError for what is no message */
  hear(chunk: Payload, nowMs: number): void {
    const { resumption } = this.#client;
    resumption?.release();
    const messages = this.#reader.read(chunk);
    const heard = resumption ? messages.filter((message) => this.#isNews(message, resumption)) : messages;
    // A chunk without a message counts as well: there are clients that send nothing else.
    if (!this.#rate.take(Math.max(1, messages.length), nowMs)) return this.#end.close('Too many messages were sent in a second.', false, 1008);
    for (const message of heard) {
      if (this.#over) return;
      this.#take(message);
    }
  }

  end(error: Error | undefined): void {
    this.#over = true;
    this.#parts.members.delete(this.#client);
    this.#client.end();
    this.#calls?.end();
    this.#waiting = undefined;
    if (this.#parts.definition.disconnected) this.#hooks = this.#disconnect(this.#hooks, error);
  }

  #isNews(message: HubMessage, resumption: Resumption): boolean {
    if (message.type !== messageType.sequence) return resumption.hears(message);
    // What it sends again was counted when it came first.
    this.#rate.allowRepeats(resumption.goOn(message.sequenceId));
    return false;
  }

  #take(message: HubMessage): void {
    switch (message.type) {
      case messageType.ping:
      case messageType.ack:
      case messageType.sequence:
        return;
      case messageType.close:
        return this.#end.leave(message.error === undefined ? undefined : new Error(message.error));
      case messageType.completion:
        // At once, for a call that runs or the hub itself may wait for it.
        if (this.#client.results.settle(message)) return;
    }
    if (!this.#waiting) this.#dispatch(message);
    else if (this.#waiting.length < this.#parts.maxCalls) this.#waiting.push(message);
    else this.#client.close('Too many messages wait.');
  }

  #dispatch(message: DispatchedMessage): void {
    this.#calls ??= new CallDispatcher(this.#client, this.#parts);
    this.#calls.take(message);
  }

  /** @param reached settles once all replicas reach it */
  async #connect(reached: Awaitable<void>): Promise<void> {
    if (reached) await reached;
    try {
      await this.#parts.definition.connected?.(this.#client);
    } catch (error) {
      if (!(error instanceof HubError)) this.#parts.onError(error);
      return this.#client.close(errorText('Connection closed with an error.', error));
    }
    this.#connected = true;
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const message of waiting) {
      if (this.#over) return;
      this.#dispatch(message);
    }
  }

  async #disconnect(connecting: Promise<void> | undefined, error: Error | undefined): Promise<void> {
    await connecting;
    if (!this.#connected) return;
    try {
      await this.#parts.definition.disconnected?.(this.#client, error);
    } catch (failure) {
      this.#parts.onError(failure);
    }
  }
}
