import { HandshakeReader, handshakeAnswer } from '../protocol/handshake.js';
import { messageType } from '../protocol/hub-message.js';
import { HubProtocolError } from '../protocol/hub-protocol-error.js';
import type { HubProtocol } from '../protocol/hub-protocol.js';
import type { Payload } from '../protocol/payload.js';
import type { NegotiatedConnection } from '../transport/negotiated-connection.js';
import type { ChannelListener, TransportChannel } from '../transport/transport-channel.js';
import { ConnectedClient } from './connected-client.js';
import type { ConnectionEnd } from './connection-end.js';
import { Conversation } from './conversation.js';
import { closeReasonOf, endReasonOf, type EndReason } from './end-reason.js';
import type { HubParts } from './hub-parts.js';
import { Resumption } from './resumption.js';
import type { Ticking } from './ticker.js';

const closeCode = { goingAway: 1001, protocolError: 1002, policyViolation: 1008, internalError: 1011 } as const;

/** A connection from the opening of its channel to the end of it: handshake, conversation, and the times that both must keep. */
export class ConnectionLife implements ChannelListener, ConnectionEnd, Ticking {
  readonly #connection: NegotiatedConnection;
  readonly #channel: TransportChannel;
  readonly #parts: HubParts;
  #handshake: HandshakeReader | undefined;
  #conversation: Conversation | undefined;
  /** The last chunk of the client; until the handshake is done, the opening. */
  #heardAtMs: number;
  /** Its socket is lost, and may be replaced. */
  #away = false;
  #over = false;
  #reason: EndReason | undefined;
  #closed = false;
  #onClosed: (() => void)[] = [];

  constructor(connection: NegotiatedConnection, channel: TransportChannel, parts: HubParts) {
    this.#connection = connection;
    this.#channel = channel;
    this.#parts = parts;
    this.#handshake = new HandshakeReader(channel.carriesBinary);
    this.#heardAtMs = parts.clock.now();
    parts.heartbeat.add(this);
    parts.observer?.connectionOpened(channel.transport);
  }

  received(chunk: Payload): void {
    if (this.#over) return;
    try {
      if (this.#handshake) this.#shakeHands(this.#handshake, chunk);
      else this.#hear(chunk);
    } catch (error) {
      if (error instanceof HubProtocolError) return this.close(error.message, false, closeCode.protocolError);
      this.#parts.onError(error);
      this.close('Connection closed with an error.', false, closeCode.internalError);
    }
  }

  interrupted(): void {
    this.#away = true;
    this.#conversation?.client.resumption?.interrupted();
  }

  resumed(): void {
    this.#away = false;
    this.#heardAtMs = this.#parts.clock.now();
    this.#conversation?.resumed();
  }

  closed(error: Error | undefined): void {
    this.#end(error);
    this.#closed = true;
    this.#parts.heartbeat.delete(this);
    this.#parts.observer?.connectionClosed(this.#channel.transport, this.#reason ?? 'left');
    for (const tell of this.#onClosed) tell();
  }

  close(error: string | undefined, allowReconnect: boolean, code?: number): void {
    if (this.#over) return;
    const client = this.#conversation?.client;
    if (client) this.#channel.send(client.protocol.write({ type: messageType.close, error, allowReconnect }));
    else if (error !== undefined) this.#channel.send(handshakeAnswer(error));
    this.#end(error === undefined ? undefined : new Error(error), closeReasonOf(code));
    this.#channel.close(code);
  }

  leave(error: Error | undefined): void {
    this.#end(error, 'left');
    this.#channel.close();
  }

  drop(error: Error): void {
    this.#end(error);
    this.#channel.abort();
  }

  /** Ends it because the hub ends. Settles once its channel is closed and the hub has heard of its end. */
  async goAway(): Promise<void> {
    this.close(undefined, true, closeCode.goingAway);
    if (!this.#closed) await new Promise<void>((resolve) => this.#onClosed.push(resolve));
    await this.#conversation?.hooks;
  }

  tick(nowMs: number): void {
    if (this.#over || this.#away) return;
    const { options } = this.#parts;
    const silentMs = nowMs - this.#heardAtMs;
    if (!this.#conversation) {
      if (silentMs >= options.handshakeTimeoutMs) this.close('The handshake did not come in time.', false, closeCode.policyViolation);
    } else if (this.#channel.transport !== 'LongPolling') {
      const { client } = this.#conversation;
      if (silentMs >= options.clientTimeoutMs) this.drop(new Error('The client was silent for too long.'));
      else if (nowMs - client.sentAtMs >= options.keepAliveMs) client.ping();
      client.resumption?.tick(nowMs);
    }
  }

  #shakeHands(reader: HandshakeReader, chunk: Payload): void {
    const handshake = reader.read(chunk);
    if (!handshake) return;
    const { protocol, version, rest } = handshake;
    if (!this.#parts.protocols.includes(protocol)) throw new HubProtocolError(`The protocol '${protocol.name}' is not spoken here.`);
    this.#handshake = undefined;
    this.#heardAtMs = this.#parts.clock.now();
    this.#channel.send(handshakeAnswer());
    const resumption = this.#resumption(protocol, version);
    this.#conversation = new Conversation(new ConnectedClient(this.#connection, protocol, this.#channel, this.#parts, this, resumption), this.#parts, this);
    this.#conversation.begin();
    if (rest !== undefined && !this.#over) this.#hear(rest);
  }

  /** For a client that negotiated it and speaks the version that has it. */
  #resumption(protocol: HubProtocol, version: number): Resumption | undefined {
    if (!this.#connection.resumable || version < 2 || !this.#channel.outlive) return undefined;
    this.#channel.outlive();
    return new Resumption(protocol, this.#channel, this.#parts.options.reconnectBufferBytes, this);
  }

  #hear(chunk: Payload): void {
    this.#heardAtMs = this.#parts.clock.now();
    this.#conversation?.hear(chunk, this.#heardAtMs);
  }

  #end(error: Error | undefined, reason = endReasonOf(error)): void {
    if (this.#over) return;
    this.#over = true;
    this.#reason = reason;
    this.#conversation?.end(error);
  }
}
