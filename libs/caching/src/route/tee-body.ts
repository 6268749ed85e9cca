import { finished, Readable } from 'node:stream';
import { BodyCollector } from './body-collector.js';

/** How a body ended: with all its bytes, `large` as soon as there were more than are kept, `broken` by the service, or `left` by its reader. */
export type BodyEnd = Buffer | 'large' | 'broken' | 'left';

/** Hands a body on as it comes, at the reader's pace, and tells once how it ended. Destroys the source when its reader leaves. */
export class TeeBody extends Readable {
  readonly #source: Readable;
  readonly #collector: BodyCollector;
  #tell: ((end: BodyEnd) => void) | undefined;
  #hurried = false;

  constructor(source: Readable, maxBytes: number, tell: (end: BodyEnd) => void) {
    super();
    this.#source = source;
    this.#collector = new BodyCollector(maxBytes);
    this.#tell = tell;
    source.on('data', this.#take);
    finished(source, { writable: false }, (error) => {
      if (error) {
        this.#ended('broken');
        this.destroy(error);
        return;
      }
      this.#ended(this.#collector.take() ?? 'large');
      this.push(null);
    });
  }

  /** Reads on ahead of the reader, as far as the bytes are collected: others wait for them. */
  hurry(): void {
    if (!this.#tell) return;
    this.#hurried = true;
    this.#source.resume();
  }

  override _read(): void {
    this.#source.resume();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#ended('left');
    this.#source.destroy();
    done(error);
  }

  readonly #take = (chunk: Buffer): void => {
    if (this.#tell) {
      this.#collector.add(chunk);
      if (this.#collector.overflowed) {
        this.#hurried = false;
        this.#ended('large');
      }
    }
    if (!this.push(chunk) && !this.#hurried) this.#source.pause();
  };

  #ended(end: BodyEnd): void {
    const tell = this.#tell;
    this.#tell = undefined;
    tell?.(end);
  }
}
