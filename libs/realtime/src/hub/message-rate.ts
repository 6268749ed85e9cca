/** How many messages a client may send: a bucket that holds a second's worth, full at first, and fills evenly. */
export class MessageRate {
  readonly #perSecond: number;
  #left: number;
  #countedAtMs: number;

  constructor(perSecond: number, nowMs: number) {
    this.#perSecond = perSecond;
    this.#left = perSecond;
    this.#countedAtMs = nowMs;
  }

  /** Whether so many more are allowed. Who is told no is to be cut off: what was too much stays counted. */
  take(messages: number, nowMs: number): boolean {
    const refilled = this.#left + ((nowMs - this.#countedAtMs) * this.#perSecond) / 1_000;
    this.#left = Math.min(this.#perSecond, refilled) - messages;
    this.#countedAtMs = nowMs;
    return this.#left >= 0;
  }
}
