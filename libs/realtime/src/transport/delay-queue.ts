import type { Clock, Timer } from '@portico/core';

interface Entry {
  readonly at: number;
  readonly task: () => void;
}

/** Any number of timers of the same delay with one of the clock's for all of them: what is added last falls due last. */
export class DelayQueue {
  readonly #clock: Clock;
  readonly #delayMs: number;
  readonly #entries = new Set<Entry>();
  #timer: Timer | undefined;

  constructor(clock: Clock, delayMs: number) {
    this.#clock = clock;
    this.#delayMs = delayMs;
  }

  /** Calls `task` once after the delay of this queue. */
  add(task: () => void): Timer {
    const entry = { at: this.#clock.now() + this.#delayMs, task };
    this.#entries.add(entry);
    this.#timer ??= this.#clock.schedule(this.#run, this.#delayMs);
    return { cancel: () => this.#delete(entry) };
  }

  #delete(entry: Entry): void {
    this.#entries.delete(entry);
    if (this.#entries.size > 0) return;
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  readonly #run = (): void => {
    const now = this.#clock.now();
    for (const entry of this.#entries) {
      if (entry.at > now) break;
      this.#entries.delete(entry);
      entry.task();
    }
    // A task may have added the first of a new row, and with it a timer that is later than what is still here.
    this.#timer?.cancel();
    const [next] = this.#entries;
    this.#timer = next && this.#clock.schedule(this.#run, next.at - now);
  };
}
