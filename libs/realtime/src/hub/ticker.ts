import type { Clock, Timer } from '@portico/core';

/** What has something to look at again and again. Must not throw. */
export interface Ticking {
  tick(nowMs: number): void;
}

/** One timer for any number of members. It runs while there is one. */
export class Ticker<T extends Ticking> {
  readonly #members = new Set<T>();
  readonly #clock: Clock;
  readonly #tickMs: number;
  #timer: Timer | undefined;
  #nowMs = 0;

  constructor(clock: Clock, tickMs: number) {
    this.#clock = clock;
    this.#tickMs = tickMs;
  }

  get members(): ReadonlySet<T> {
    return this.#members;
  }

  /** The time of the last tick: what a broadcast can note for each of its recipients, instead of asking the clock each time. */
  get nowMs(): number {
    return this.#nowMs;
  }

  add(member: T): void {
    this.#members.add(member);
    if (this.#timer) return;
    this.#nowMs = this.#clock.now();
    this.#start();
  }

  delete(member: T): void {
    this.#members.delete(member);
    if (this.#members.size > 0) return;
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  #start(): void {
    this.#timer = this.#clock.schedule(() => this.#tick(), this.#tickMs);
  }

  #tick(): void {
    this.#timer = undefined;
    this.#nowMs = this.#clock.now();
    for (const member of this.#members) member.tick(this.#nowMs);
    if (this.#members.size > 0 && !this.#timer) this.#start();
  }
}
