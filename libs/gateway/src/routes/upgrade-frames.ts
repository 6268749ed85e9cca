/** A close frame for a client that says "going away" (RFC 6455 7.4.1). */
export const goingAwayToClient: Buffer = Buffer.from([0x88, 0x02, 0x03, 0xe9]);

/** The same for a service: what goes to a server is masked (RFC 6455 5.3), here with zeros, for nothing in it is secret. */
export const goingAwayToService: Buffer = Buffer.from([0x88, 0x82, 0, 0, 0, 0, 0x03, 0xe9]);

/** Follows the frames of one direction (RFC 6455 5.2), to know where one of this gateway's own may stand. Looks at nothing but their lengths. */
export class FrameBoundary {
  /** What has come of a frame's head before its mask. */
  readonly #head: number[] = [];
  /** What is still to come of the frame, in bytes. */
  #left = 0;

  /** Whether every frame that has begun is whole. */
  get reached(): boolean {
    return this.#left === 0 && this.#head.length === 0;
  }

  take(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#left > 0) {
        const passed = Math.min(this.#left, chunk.length - at);
        at += passed;
        this.#left -= passed;
      } else this.#takeHead(chunk[at++] as number);
    }
  }

  #takeHead(byte: number): void {
    const head = this.#head;
    head.push(byte);
    if (head.length < 2) return;
    const second = head[1] as number;
    const short = second & 0x7f;
    const size = short === 127 ? 10 : short === 126 ? 4 : 2;
    if (head.length < size) return;
    const length = size === 2 ? short : head.slice(2).reduce((total, next) => total * 256 + next, 0);
    this.#left = length + (second & 0x80 ? 4 : 0);
    head.length = 0;
  }
}
