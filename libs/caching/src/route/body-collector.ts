/** Copies the bytes that pass by, up to a bound. */
export class BodyCollector {
  readonly #maxBytes: number;
  #bytes: Buffer | undefined = Buffer.allocUnsafeSlow(0);
  #length = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Whether more has passed than is kept. */
  get overflowed(): boolean {
    return this.#bytes === undefined;
  }

  /** Copies `chunk`, so that whoever gets it may change it. */
  add(chunk: Uint8Array): void {
    if (!this.#bytes) return;
    const length = this.#length + chunk.length;
    if (length > this.#maxBytes) {
      this.#bytes = undefined;
      return;
    }
    if (length > this.#bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.min(this.#maxBytes, Math.max(length, 2 * this.#bytes.length)));
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
    this.#bytes.set(chunk, this.#length);
    this.#length = length;
  }

  /** All of it in memory of its own; undefined when it overflowed. */
  take(): Buffer | undefined {
    if (!this.#bytes || this.#bytes.length === this.#length) return this.#bytes;
    const exact = Buffer.allocUnsafeSlow(this.#length);
    this.#bytes.copy(exact, 0, 0, this.#length);
    return exact;
  }
}
