import type { Clock } from '@portico/core';

const slots = 10;

/**
 * Counts what happened in the last `windowMs`, and how much of it was marked. A ring of ten slots: what is older is forgotten a tenth at a time,
 * so counting costs no allocation and no timer.
 */
export class SlidingWindow {
  readonly #clock: Clock;
  readonly #slotMs: number;
  readonly #counts = new Uint32Array(slots);
  readonly #marks = new Uint32Array(slots);
  #count = 0;
  #marked = 0;
  #turn: number;

  constructor(windowMs: number, clock: Clock) {
    this.#clock = clock;
    this.#slotMs = windowMs / slots;
    this.#turn = Math.floor(clock.now() / this.#slotMs);
  }

  /** How many were counted in the window, as of the last call of `add` or `mark`. */
  get count(): number {
    return this.#count;
  }

  /** How many were marked in the window, as of the last call of `add` or `mark`. */
  get marked(): number {
    return this.#marked;
  }

  add(): void {
    const slot = this.#slot();
    this.#counts[slot]!++;
    this.#count++;
  }

  mark(): void {
    const slot = this.#slot();
    this.#marks[slot]!++;
    this.#marked++;
  }

  clear(): void {
    this.#counts.fill(0);
    this.#marks.fill(0);
    this.#count = 0;
    this.#marked = 0;
  }

  /** Forgets what has left the window. */
  roll(): void {
    this.#slot();
  }

  #slot(): number {
    const turn = Math.floor(this.#clock.now() / this.#slotMs);
    if (turn - this.#turn >= slots) this.clear();
    else for (let passed = this.#turn + 1; passed <= turn; passed++) this.#forget(passed % slots);
    this.#turn = turn;
    return turn % slots;
  }

  #forget(slot: number): void {
    this.#count -= this.#counts[slot]!;
    this.#marked -= this.#marks[slot]!;
    this.#counts[slot] = 0;
    this.#marks[slot] = 0;
  }
}
