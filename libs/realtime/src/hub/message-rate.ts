/** How many messages a client may send: a bucket that holds a second's worth, full at first, and fills evenly. */
export class MessageRate {
  readonly #perSecond: number;
  #left: number;
  #countedAtMs: number;
  #repeats = 0;

  constructor(perSecond: number, nowMs: number) {
    this.#perSecond = perSecond;
    this.#left = perSecond;
    this.#countedAtMs = nowMs;
  }

  /** Whether so many more are allowed. Who is told no is to be cut off: what was too much stays counted. */
  take(messages: number, nowMs: number): boolean {
    const refilled = this.#left + ((nowMs - this.#countedAtMs) * this.#perSecond) / 1_000;
    const free = Math.min(this.#repeats, messages);
    this.#repeats -= free;
    this.#left = Math.min(this.#perSecond, refilled) - (messages - free);
    this.#countedAtMs = nowMs;
    return this.#left >= 0;
  }

  /** The next so many messages were counted before, and do not count again. */
  allowRepeats(messages: number): void {
    this.#repeats = messages;
  }
}
