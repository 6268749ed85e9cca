import type { Payload } from '../protocol/payload.js';

/**
 * What one client was sent, kept until it says that it has it, so that it can be sent again over another socket (SignalR Hub Protocol, stateful reconnect).
 * Calls, items, completions and cancellations count, from 1 on and without an end. It holds no more than `maxBytes`, besides a single record that is larger.
 */
export class SentMessages {
  readonly #maxBytes: number;
  #kept: Payload[] = [];
  #keptBytes = 0;
  #lastId = 0;
  /** How many of those that are kept, counted from the last, no socket was given. */
  #unsent = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** The id of the oldest that is kept; of the next that comes, if there is none. */
  get oldestId(): number {
    return this.#lastId - this.#kept.length + 1;
  }

  /** Whether so much is kept that what can wait should: other messages still find room then. */
  get crowded(): boolean {
    return this.#keptBytes > (this.#maxBytes * 3) / 4;
  }

  /**
   * Keeps the next message. Where there are too many bytes the oldest of those that were sent go: as a rule the client has them, and has not said so yet.
   * @returns whether the rest fits
   */
  keep(record: Payload): boolean {
    this.#lastId += 1;
    this.#unsent += 1;
    this.#keptBytes += record.length;
    this.#kept.push(record);
    while (this.#keptBytes > this.#maxBytes && this.#kept.length > this.#unsent) this.#forget(1);
    return this.#keptBytes <= this.#maxBytes;
  }

  /** The client has everything up to this id. */
  acknowledge(id: number): void {
    const known = Math.min(id, this.#lastId) + 1 - this.oldestId;
    if (known > 0) this.#forget(known);
  }

  /** All that is kept was sent. */
  markSent(): void {
    this.#unsent = 0;
  }

  /** What no socket was given yet; from now on it counts as sent. */
  takeUnsent(): readonly Payload[] {
    const unsent = this.#kept.slice(this.#kept.length - this.#unsent);
    this.markSent();
    return unsent;
  }

  /** There is another socket: all that is kept is to be sent over it. */
  rewind(): void {
    this.#unsent = this.#kept.length;
  }

  #forget(count: number): void {
    // Length stands for bytes, as in the clients: to count the bytes of text would cost more than to keep it.
    for (const record of this.#kept.splice(0, count)) this.#keptBytes -= record.length;
    this.#unsent = Math.min(this.#unsent, this.#kept.length);
  }
}
