import type { Clock } from './clock.js';

/** The moment by which the front end needs its answer; every service call gets what is left of it. */
export class Deadline {
  /** Monotonic start of the request, in ms of `clock.now()`. */
  readonly startedAt: number;
  /** Whole time allowed, in ms. */
  readonly totalMs: number;
  /** Monotonic moment at which the time is over. */
  readonly endsAt: number;
  readonly #clock: Clock;

  constructor(clock: Clock, startedAt: number, totalMs: number) {
    this.#clock = clock;
    this.startedAt = startedAt;
    this.totalMs = totalMs;
    this.endsAt = startedAt + totalMs;
  }

  /** Milliseconds left; 0 once it has passed. */
  remainingMs(): number {
    const left = this.endsAt - this.#clock.now();
    return left > 0 ? left : 0;
  }

  /** The monotonic moment at which `fraction` (0 to 1) of the whole time will have passed. */
  at(fraction: number): number {
    return this.startedAt + this.totalMs * fraction;
  }
}
