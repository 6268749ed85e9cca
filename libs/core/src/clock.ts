import { CoarseTimers } from './coarse-timers.js';

/** A timer that can be called off. */
export interface Timer {
  cancel(): void;
}

/** The only source of time in Portico. Tests inject `ManualClock` of `@portico/core/testing` instead of sleeping. */
export interface Clock {
  /** Milliseconds on a monotonic scale: for deadlines, durations and expiry inside this process. */
  now(): number;
  /** Milliseconds since the Unix epoch: for what other systems date (tokens, logs). */
  epochMs(): number;
  /** Calls `task` once after `delayMs`; never keeps the process alive. */
  schedule(task: () => void, delayMs: number): Timer;
}

class SystemTimer implements Timer {
  readonly #handle: NodeJS.Timeout;

  constructor(task: () => void, delayMs: number) {
    this.#handle = setTimeout(task, delayMs).unref();
  }

  cancel(): void {
    clearTimeout(this.#handle);
  }
}

const coarseFromMs = 100;
const coarse = new CoarseTimers();

/** The machine's own clock. What is scheduled more than 100 ms ahead may come 16 ms late. */
export const systemClock: Clock = {
  now: () => performance.now(),
  epochMs: () => Date.now(),
  schedule: (task, delayMs) => (delayMs > coarseFromMs ? coarse.schedule(task, delayMs) : new SystemTimer(task, delayMs)),
};
