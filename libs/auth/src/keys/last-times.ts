/** The last moments at which something happened, as many as may be within a window: enough to hold every window to its limit exactly, in constant time. */
export class LastTimes {
  readonly #times: number[] = [];
  readonly #limit: number;
  #oldest = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Notes a moment in place of the oldest one. */
  add(now: number): void {
    if (this.#times.length < this.#limit) {
      this.#times.push(now);
      return;
    }
    this.#times[this.#oldest] = now;
    this.#oldest = (this.#oldest + 1) % this.#limit;
  }

  /** How long until there is room for one more, in ms; 0 or less when there is. */
  waitMs(windowMs: number, now: number): number {
    return this.#times.length < this.#limit ? 0 : (this.#times[this.#oldest] as number) + windowMs - now;
  }
}
