import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';

/** The rest of an answer's body, as fast as it is read and no faster. Destroyed before its end, it gives the exchange up. */
export class ForwardBody extends Readable {
  readonly #resume: () => void;
  readonly #abort: (reason: Error) => void;
  /** What came before anybody wanted it; undefined once it is read as a stream. */
  #waiting: Buffer[] | undefined;
  #sink: ServerResponse | undefined;
  #complete = false;

  /** @param chunks what has come already */
  constructor(chunks: readonly Buffer[], resume: () => void, abort: (reason: Error) => void) {
    super({ highWaterMark: 65_536 });
    this.#resume = resume;
    this.#abort = abort;
    this.#waiting = [...chunks];
    // It may break off before anybody reads it, and then nobody would hear of it.
    this.on('error', () => {});
  }

  /**
   * Writes the body of an answer as it comes, without the detour through this stream, which nobody may read any more.
   * One that breaks off breaks the answer off: nobody may take it for a whole one.
   */
  passTo(sink: ServerResponse): void {
    if (this.destroyed) return void sink.destroy();
    this.#sink = sink;
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    // Node keeps the head back until there is something of the body, for which a list of events may have long to wait.
    if (waiting.length === 0) sink.flushHeaders();
    for (const chunk of waiting) sink.write(chunk);
    if (this.#complete) return void sink.end();
    sink.on('drain', this.#resume);
    sink.once('close', () => {
      if (!this.#complete) this.destroy();
    });
    if (!sink.writableNeedDrain) this.#resume();
  }

  /** Takes what has come next. False: enough for now. */
  receive(chunk: Buffer): boolean {
    if (this.#sink) return this.#sink.write(chunk);
    if (this.#waiting === undefined) return this.push(chunk);
    this.#waiting.push(chunk);
    return false;
  }

  /** Every byte has come. */
  end(): void {
    this.#complete = true;
    if (this.#sink) this.#sink.end();
    else if (this.#waiting === undefined) this.push(null);
  }

  override _read(): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting) for (const chunk of waiting) this.push(chunk);
    if (waiting && this.#complete) this.push(null);
    else this.#resume();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (!this.#complete) {
      this.#abort(error ?? new Error('The answer is not wanted any more'));
      this.#sink?.destroy();
    }
    done(error);
  }
}
