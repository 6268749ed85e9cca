import { Cancellation } from '@portico/core';

/** One call on its way that several requests wait for. What they share is text. */
export class Flight {
  readonly text: Promise<string>;
  readonly dueAt: number;
  /** Requests that still wait. */
  waiting = 0;
  /** Whether one of them has found the text good, and kept it. */
  kept = false;
  readonly #cancellation = new Cancellation();

  constructor(dueAt: number, send: (cancellation: Cancellation) => Promise<string>) {
    this.dueAt = dueAt;
    this.text = send(this.#cancellation);
  }

  /** Gives up the call. */
  readonly cancel: Cancellation['cancel'] = (reason) => this.#cancellation.cancel(reason);
}
