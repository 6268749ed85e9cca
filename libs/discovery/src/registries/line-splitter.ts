const newline = 0x0a;

/** Cuts bytes into lines of UTF-8 text, and gives each away once it is complete. */
export class LineSplitter {
  readonly #maxBytes: number;
  readonly #onLine: (line: string) => void;
  #pending: Buffer[] = [];
  #size = 0;

  constructor(maxBytes: number, onLine: (line: string) => void) {
    this.#maxBytes = maxBytes;
    this.#onLine = onLine;
  }

  /** @throws Error when a line is longer than allowed; whatever `onLine` throws */
  push(chunk: Buffer): void {
    let from = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, from)) {
      this.#keep(chunk.subarray(from, end));
      from = end + 1;
      const line = Buffer.concat(this.#pending, this.#size).toString();
      this.#pending = [];
      this.#size = 0;
      if (line.trim() !== '') this.#onLine(line);
    }
    if (from < chunk.length) this.#keep(chunk.subarray(from));
  }

  #keep(piece: Buffer): void {
    this.#size += piece.length;
    if (this.#size > this.#maxBytes) throw new Error(`it answered with a line of more than ${this.#maxBytes} bytes`);
    this.#pending.push(piece);
  }
}
