import type { Duplex } from 'node:stream';

/** A message, or a frame that controls the connection (RFC 6455 5.2). */
export interface Frame {
  readonly opcode: number;
  readonly payload: Buffer;
}

/** One end of a WebSocket, as a test plays it: knows unfragmented frames only. */
export class WebSocketPeer {
  readonly socket: Duplex;
  /** Settles when nothing is left of the connection. */
  readonly closed: Promise<void>;
  readonly #masks: boolean;
  readonly #frames: Frame[] = [];
  #waiting: ((frame: Frame) => void) | undefined;
  #bytes: Buffer = Buffer.alloc(0);

  /** @param masks whether it is the client's end */
  constructor(socket: Duplex, masks: boolean, head: Buffer = Buffer.alloc(0)) {
    this.socket = socket;
    this.#masks = masks;
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
    socket.on('error', () => {});
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    if (head.length > 0) this.#take(head);
  }

  send(payload: string | Buffer, opcode = 1): void {
    this.socket.write(this.frame(payload, opcode));
  }

  /** The bytes of a frame. */
  frame(payload: string | Buffer, opcode = 1): Buffer {
    const bytes = Buffer.from(payload as string);
    const flag = this.#masks ? 0x80 : 0;
    const long = Buffer.alloc(10);
    long.writeBigUInt64BE(BigInt(bytes.length), 2);
    long[1] = flag | 127;
    const head = bytes.length < 126 ? Buffer.from([0, flag | bytes.length]) : bytes.length < 65_536 ? Buffer.from([0, flag | 126, bytes.length >> 8, bytes.length & 0xff]) : long;
    head[0] = 0x80 | opcode;
    if (!this.#masks) return Buffer.concat([head, bytes]);
    const mask = Buffer.from([1, 2, 3, 4]);
    return Buffer.concat([head, mask, unmasked(bytes, mask)]);
  }

  /** The next frame that comes, or has come and was not asked for yet. */
  next(): Promise<Frame> {
    const frame = this.#frames.shift();
    return frame ? Promise.resolve(frame) : new Promise((resolve) => (this.#waiting = resolve));
  }

  /** The next message as text. */
  async text(): Promise<string> {
    return (await this.next()).payload.toString();
  }

  #take(chunk: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    for (let size = this.#readOne(); size > 0; size = this.#readOne()) this.#bytes = this.#bytes.subarray(size);
  }

  /** Reads one whole frame; 0 while it has not come. */
  #readOne(): number {
    const bytes = this.#bytes;
    if (bytes.length < 2) return 0;
    const second = bytes[1] as number;
    const masked = (second & 0x80) !== 0;
    const short = second & 0x7f;
    const extra = short === 127 ? 8 : short === 126 ? 2 : 0;
    const start = 2 + extra + (masked ? 4 : 0);
    if (bytes.length < start) return 0;
    const length = short === 127 ? Number(bytes.readBigUInt64BE(2)) : short === 126 ? bytes.readUInt16BE(2) : short;
    if (bytes.length < start + length) return 0;
    const payload = bytes.subarray(start, start + length);
    const frame: Frame = { opcode: (bytes[0] as number) & 0x0f, payload: masked ? unmasked(payload, bytes.subarray(start - 4, start)) : Buffer.from(payload) };
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting) waiting(frame);
    else this.#frames.push(frame);
    return start + length;
  }
}

function unmasked(bytes: Buffer, mask: Buffer): Buffer {
  return Buffer.from(bytes.map((byte, index) => byte ^ (mask[index % 4] as number)));
}
