import type { Duplex } from 'node:stream';
import { HubSocket } from './hub-socket.js';
import type { TickEnd } from './tick-end.js';

/** The frames for one socket: those of one tick leave in one write, for the kernel's part costs more than all the rest. They go past the socket's own sender, which would make each anew. */
export class FrameQueue {
  readonly #socket: HubSocket;
  readonly #wire: Duplex;
  readonly #tickEnd: TickEnd;
  // Most ticks bring one, which needs no list.
  #first: Buffer | undefined;
  #others: Buffer[] | undefined;
  #bytes = 0;

  /** @param wire what carries the socket */
  constructor(socket: HubSocket, wire: Duplex, tickEnd: TickEnd) {
    this.#socket = socket;
    this.#wire = wire;
    this.#tickEnd = tickEnd;
  }

  /** What waits for the end of the tick. */
  get bytes(): number {
    return this.#bytes;
  }

  add(frame: Buffer): void {
    this.#bytes += frame.length;
    if (this.#first !== undefined) (this.#others ??= []).push(frame);
    else {
      this.#first = frame;
      this.#tickEnd.add(this.flush);
    }
  }

  /** Writes what waits, before something else is written. */
  readonly flush = (): void => {
    const first = this.#first;
    if (first === undefined) return;
    const others = this.#others;
    this.#first = undefined;
    this.#others = undefined;
    this.#bytes = 0;
    if (this.#socket.readyState === HubSocket.OPEN) this.#wire.write(others ? Buffer.concat([first, ...others]) : first);
  };
}
