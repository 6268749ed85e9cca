import type { Clock, Timer } from '../src/clock.js';

interface Entry {
  readonly at: number;
  readonly task: () => void;
}

/** A clock that stands still until a test moves it. */
export class ManualClock implements Clock {
  #now = 0;
  readonly #entries = new Set<Entry>();
  readonly #epochMs: number;

  /** @param epochMs wall time at the start; 2026-01-01 by default. */
  constructor(epochMs = Date.UTC(2026, 0, 1)) {
    this.#epochMs = epochMs;
  }

  now(): number {
    return this.#now;
  }

  epochMs(): number {
    return this.#epochMs + this.#now;
  }

  schedule(task: () => void, delayMs: number): Timer {
    const entry = { at: this.#now + Math.max(0, delayMs), task };
    this.#entries.add(entry);
    return { cancel: () => void this.#entries.delete(entry) };
  }

  /** Number of timers that wait: a test for leaks. */
  get pending(): number {
    return this.#entries.size;
  }

  /** Moves time by `ms`, runs what falls due in its order, and lets promises settle after each. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (;;) {
      const due = [...this.#entries].filter((entry) => entry.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.#entries.delete(due);
      this.#now = Math.max(this.#now, due.at);
      due.task();
      await settle();
    }
    this.#now = end;
  }
}

/** Lets every promise that can settle without time or input do so. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
