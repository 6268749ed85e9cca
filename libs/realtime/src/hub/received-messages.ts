import { messageType, type HubMessage } from '../protocol/hub-message.js';
import { HubProtocolError } from '../protocol/hub-protocol-error.js';

/** A client is told at most so often what has come, in ms. */
const acknowledgeEveryMs = 1_000;

/** Which messages of one client have come, so that those that it sends again over another socket are not heard twice (SignalR Hub Protocol, stateful reconnect). */
export class ReceivedMessages {
  /** Id of the next message that comes: after a reconnect it may be one that has come before. */
  #nextId = 1;
  #lastId = 0;
  #waits = false;
  #owesWord = false;
  #wordAtMs = -Infinity;

  /** There is another socket: nothing of it is heard until the client has said where it goes on. */
  wait(): void {
    this.#waits = true;
  }

  /**
   * The client goes on at this id; means nothing where that is not waited for.
   * @returns how many messages it sends again
   * @throws HubProtocolError when messages before it have never come
   */
  goOn(id: number): number {
    if (!this.#waits) return 0;
    if (id > this.#lastId + 1) throw new HubProtocolError('Messages before the sequence have never come.');
    this.#waits = false;
    this.#nextId = Math.max(1, id);
    return this.#lastId + 1 - this.#nextId;
  }

  /** Counts a message; returns whether it is to be heard. */
  take({ type }: HubMessage): boolean {
    if (this.#waits) return false;
    if (!isNumbered(type)) return true;
    // Of what comes again the client does not know that it had come.
    this.#owesWord = true;
    const id = this.#nextId++;
    if (id <= this.#lastId) return false;
    this.#lastId = id;
    return true;
  }

  /** The id up to which the client may be told that all has come; undefined when it need not be told now. */
  takeAcknowledgement(nowMs: number): number | undefined {
    if (!this.#owesWord || nowMs - this.#wordAtMs < acknowledgeEveryMs) return undefined;
    this.#owesWord = false;
    this.#wordAtMs = nowMs;
    return this.#lastId;
  }
}

function isNumbered(type: HubMessage['type']): boolean {
  return type <= messageType.cancelInvocation;
}
