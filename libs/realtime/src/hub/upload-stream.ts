import { HubError } from './hub-error.js';

interface Waiting {
  resolve(result: IteratorResult<unknown>): void;
  reject(error: Error): void;
}

const done: IteratorResult<unknown> = { done: true, value: undefined };

/**
 * A stream that a client sends along with a call, to be read once. Nothing in the protocol can make a client wait, so what is not read is kept, up to a limit:
 * a client that is further ahead of the method fails its own stream, and with it the call, not the connection.
 */
export class UploadStream implements AsyncIterableIterator<unknown> {
  readonly #maxItems: number;
  #items: unknown[] = [];
  #waiting: Waiting[] = [];
  #ended = false;
  #error: Error | undefined;

  constructor(maxItems: number) {
    this.#maxItems = maxItems;
  }

  /** The next item of the client. Nothing once it has ended. */
  push(item: unknown): void {
    if (this.#ended) return;
    const waiting = this.#waiting.shift();
    if (waiting) waiting.resolve({ done: false, value: item });
    else if (this.#items.length < this.#maxItems) this.#items.push(item);
    else this.end(new HubError(`More than ${this.#maxItems} items of a stream wait: send them no faster than the method reads.`));
  }

  /** There are no more items. `error` reaches the method after those that are there. */
  end(error?: Error): void {
    if (this.#ended) return;
    this.#ended = true;
    const waiting = this.#waiting;
    this.#waiting = [];
    const [first] = waiting;
    if (error && !first) this.#error = error;
    for (const one of waiting) {
      if (error && one === first) one.reject(error);
      else one.resolve(done);
    }
  }

  next(): Promise<IteratorResult<unknown>> {
    if (this.#items.length > 0) return Promise.resolve({ done: false, value: this.#items.shift() });
    if (!this.#ended) return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
    const error = this.#error;
    this.#error = undefined;
    return error ? Promise.reject(error) : Promise.resolve(done);
  }

  /** The method wants no more. */
  close(): void {
    this.end();
    this.#items = [];
    this.#error = undefined;
  }

  return(): Promise<IteratorResult<unknown>> {
    this.close();
    return Promise.resolve(done);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
