import { Readable } from 'node:stream';

/** The rest of an answer's body, as fast as it is read and no faster. Destroyed before its end, it gives the exchange up. */
export class ForwardBody extends Readable {
  readonly #resume: () => void;
  readonly #abort: (reason: Error) => void;
  #complete = false;

  constructor(chunks: readonly Buffer[], resume: () => void, abort: (reason: Error) => void) {
    super({ highWaterMark: 65_536 });
    this.#resume = resume;
    this.#abort = abort;
    for (const chunk of chunks) this.push(chunk);
  }

  /** Every byte has come. */
  end(): void {
    this.#complete = true;
    this.push(null);
  }

  override _read(): void {
    this.#resume();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (!this.#complete) this.#abort(error ?? new Error('The answer is not wanted any more'));
    done(error);
  }
}
