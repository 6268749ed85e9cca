import type { Cancellable } from '@portico/core';
import type { RunningCall } from './running-call.js';

/**
 * Runs a streaming method and sends its items. It takes an item only while the client reads: one that is slow slows the method down and is not cut off for it.
 * A stream that is given up ends at once, whether or not the method heeds its signal.
 */
export class StreamAnswer implements Cancellable {
  readonly #call: RunningCall;
  readonly #onError: (error: unknown) => void;
  readonly #onEnded: () => void;
  #iterator: AsyncIterator<unknown> | undefined;
  #ended = false;

  /** @param onEnded called once, when the call has been answered */
  constructor(call: RunningCall, onError: (error: unknown) => void, onEnded: () => void) {
    this.#call = call;
    this.#onError = onError;
    this.#onEnded = onEnded;
  }

  /** Begins before it returns, and a generator with it, so that a cancellation in the same chunk finds it listening. */
  async run(): Promise<void> {
    const call = this.#call;
    call.cancellation.add(this);
    try {
      const made = call.method.invoke(call);
      const iterable = isStream(made) ? made : ((await made) as AsyncIterable<unknown>);
      this.#iterator = iterable[Symbol.asyncIterator]();
      if (this.#ended) return this.#giveBack();
      await this.#sendItems(this.#iterator);
      this.#end(() => call.succeed(undefined));
    } catch (error) {
      this.#end(() => call.fail(error, this.#onError));
    }
  }

  async #sendItems(iterator: AsyncIterator<unknown>): Promise<void> {
    while (!this.#ended) {
      const next = await iterator.next();
      if (this.#ended || next.done) return;
      try {
        this.#call.item(next.value);
      } catch (error) {
        this.#giveBack();
        throw error;
      }
      if (this.#call.connection.congested) await this.#call.connection.uncongested();
    }
  }

  cancel(): void {
    if (this.#ended) return;
    this.#end(() => this.#call.succeed(undefined));
    this.#giveBack();
  }

  #end(answer: () => void): void {
    if (this.#ended) return;
    this.#ended = true;
    answer();
    this.#onEnded();
  }

  #giveBack(): void {
    // Not waited for: a generator that is stuck never comes back.
    void (async () => this.#iterator?.return?.())().catch(this.#onError);
  }
}

function isStream(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
