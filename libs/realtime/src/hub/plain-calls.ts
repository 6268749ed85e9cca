import type { RunningCall } from './running-call.js';

/** The calls of one client that are answered once: one runs at a time, the others wait in their order. */
export class PlainCalls {
  readonly #onError: (error: unknown) => void;
  readonly #onEnded: (call: RunningCall) => void;
  #waiting: RunningCall[] = [];
  #busy = false;

  constructor(onError: (error: unknown) => void, onEnded: (call: RunningCall) => void) {
    this.#onError = onError;
    this.#onEnded = onEnded;
  }

  /** Calls the method before it returns when none runs, so that a cancellation in the same chunk finds it listening. */
  add(call: RunningCall): void {
    if (this.#busy) this.#waiting.push(call);
    else void this.#run(call);
  }

  /** Whether it waited: then it is answered and never begins. */
  withdraw(call: RunningCall): boolean {
    const index = this.#waiting.indexOf(call);
    if (index < 0) return false;
    this.#waiting.splice(index, 1);
    call.refuse('The invocation was cancelled before it began.');
    this.#onEnded(call);
    return true;
  }

  /** Those that wait never begin. */
  end(): void {
    this.#waiting = [];
  }

  async #run(call: RunningCall): Promise<void> {
    this.#busy = true;
    try {
      call.succeed(await call.method.invoke(call));
    } catch (error) {
      call.fail(error, this.#onError);
    }
    this.#busy = false;
    this.#onEnded(call);
    const next = this.#waiting.shift();
    if (next) void this.#run(next);
  }
}
