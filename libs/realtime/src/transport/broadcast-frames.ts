import type { Payload } from '../protocol/payload.js';
import { webSocketFrame } from './web-socket-frame.js';

/** Frames of records that go to one socket after the other: each is made once. */
export class BroadcastFrames {
  #record: Payload | undefined;
  #frame: Buffer | undefined;

  of(record: Payload): Buffer {
    if (this.#frame !== undefined && record === this.#record) return this.#frame;
    this.#record = record;
    return (this.#frame = webSocketFrame(record));
  }
}
