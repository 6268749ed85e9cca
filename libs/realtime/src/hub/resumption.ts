import { messageType, type HubMessage } from '../protocol/hub-message.js';
import type { HubProtocol } from '../protocol/hub-protocol.js';
import type { Payload } from '../protocol/payload.js';
import type { TransportChannel } from '../transport/transport-channel.js';
import type { ConnectionEnd } from './connection-end.js';
import { ReceivedMessages } from './received-messages.js';
import { SentMessages } from './sent-messages.js';

/** How a client that lost its socket goes on over another one, as if nothing had happened (SignalR Hub Protocol, stateful reconnect): no message is lost on the way, and none is heard twice. */
export class Resumption {
  readonly #protocol: HubProtocol;
  readonly #channel: TransportChannel;
  readonly #end: ConnectionEnd;
  readonly #sent: SentMessages;
  readonly #received = new ReceivedMessages();
  #away = false;
  /** What is sent is kept and does not leave yet: at first until the client has spoken, for the JavaScript client does not count what comes in one piece with the answer to its handshake. */
  #holds = true;

  /** @param maxBytes how much is kept until the client has it */
  constructor(protocol: HubProtocol, channel: TransportChannel, maxBytes: number, end: ConnectionEnd) {
    this.#protocol = protocol;
    this.#channel = channel;
    this.#sent = new SentMessages(maxBytes);
    this.#end = end;
  }

  /** Whether so much is kept that streams should wait. */
  get crowded(): boolean {
    return this.#sent.crowded;
  }

  /** Keeps a record for the client; returns whether it is to be sent now. A client that is away for more than there is room for is given up. */
  keep(record: Payload): boolean {
    const fits = this.#sent.keep(record);
    if (this.#holds) {
      if (!fits && this.#away) this.#end.drop(new Error('More was sent than is kept for a client that is away.'));
      else if (!fits) this.release();
      return false;
    }
    this.#sent.markSent();
    return true;
  }

  /** Sends what was held back. */
  release(): void {
    if (!this.#holds) return;
    this.#holds = false;
    for (const record of this.#sent.takeUnsent()) this.#channel.send(record);
  }

  /** The socket is lost: from now on messages are kept alone. */
  interrupted(): void {
    this.#away = true;
    this.#holds = true;
  }

  /** There is another socket. Both sides first say at which message they go on, and send again from there. */
  resumed(): void {
    this.#away = false;
    this.#received.wait();
    this.#sent.rewind();
    this.#tell({ type: messageType.sequence, sequenceId: this.#sent.oldestId });
    this.release();
  }

  /**
   * The client says at which message it goes on.
   * @returns how many messages it sends again
   * @throws HubProtocolError when messages before that one have never come
   */
  goOn(sequenceId: number): number {
    return this.#received.goOn(sequenceId);
  }

  /** Whether a message of the client is to be heard: not before it has said where it goes on, and not twice. */
  hears(message: HubMessage): boolean {
    if (!this.#received.take(message)) return false;
    if (message.type === messageType.ack) this.#sent.acknowledge(message.sequenceId);
    return true;
  }

  /** Tells the client now and then what has come. */
  tick(nowMs: number): void {
    this.release();
    const sequenceId = this.#received.takeAcknowledgement(nowMs);
    if (sequenceId !== undefined) this.#tell({ type: messageType.ack, sequenceId });
  }

  #tell(message: HubMessage): void {
    this.#channel.send(this.#protocol.write(message));
  }
}
