import type { HubMessage } from './hub-message.js';
import { HubProtocolError } from './hub-protocol-error.js';
import type { MessageReader } from './hub-protocol.js';
import { parseMessagePack } from './parse-message-pack.js';
import type { Payload } from './payload.js';

const nothing = new Uint8Array(0);

const maxPrefixBytes = 5;

/** Reads records of the MessagePack protocol. Byte strings in messages are views of the chunk that brought them. */
export class MessagePackReader implements MessageReader {
  /** The beginning of a record whose end has not come, and how much of this room it takes. */
  #held = nothing;
  #heldBytes = 0;

  constructor(private readonly maxRecordBytes: number) {}

  read(chunk: Payload): HubMessage[] {
    if (typeof chunk === 'string') throw new HubProtocolError('Messages of this protocol are bytes, not text.');
    // A plain view even of a Buffer: what is read has one type, whatever carried it.
    const bytes = this.#heldBytes === 0 ? new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength) : this.#hold(chunk);
    const messages: HubMessage[] = [];
    let start = 0;
    for (let record = this.#recordAt(bytes, start); record; record = this.#recordAt(bytes, start)) {
      const message = parseMessagePack(record);
      if (message) messages.push(message);
      start = record.byteOffset - bytes.byteOffset + record.byteLength;
    }
    // Views of what was held are out now: what is left goes into room of its own.
    if (start > 0 && this.#heldBytes > 0) this.#release();
    if (this.#heldBytes === 0 && start < bytes.length) this.#hold(bytes.subarray(start));
    return messages;
  }

  /** The record whose length stands at `start`; undefined while it is not whole. */
  #recordAt(bytes: Uint8Array, start: number): Uint8Array | undefined {
    let length = 0;
    for (let place = 0; place < maxPrefixBytes; place++) {
      const byte = bytes[start + place];
      if (byte === undefined) return undefined;
      length += (byte & 0x7f) * 2 ** (7 * place);
      if (length > this.maxRecordBytes) throw new HubProtocolError(`A message is longer than ${this.maxRecordBytes} bytes.`);
      if (byte > 0x7f) continue;
      const first = start + place + 1;
      return first + length > bytes.length ? undefined : bytes.subarray(first, first + length);
    }
    throw new HubProtocolError(`The length of a message takes more than ${maxPrefixBytes} bytes.`);
  }

  /** Adds to what is held. The room doubles when it is full, so that many small chunks are not copied again and again. */
  #hold(bytes: Uint8Array): Uint8Array {
    const needed = this.#heldBytes + bytes.length;
    if (needed > this.#held.length) {
      const room = new Uint8Array(Math.max(needed, 2 * this.#held.length));
      room.set(this.#held.subarray(0, this.#heldBytes));
      this.#held = room;
    }
    this.#held.set(bytes, this.#heldBytes);
    this.#heldBytes = needed;
    return this.#held.subarray(0, needed);
  }

  #release(): void {
    this.#held = nothing;
    this.#heldBytes = 0;
  }
}
