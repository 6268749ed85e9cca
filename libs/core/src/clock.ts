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
const coarseStepMs = 16;

/**
 * The machine's own clock. A delay of more than 100 ms is rounded up to a multiple of 16 ms: the platform keeps a list for each length of delay,
 * and what is left of a deadline has another length at every call.
 */
export const systemClock: Clock = {
  now: () => performance.now(),
  epochMs: () => Date.now(),
  schedule: (task, delayMs) => new SystemTimer(task, delayMs > coarseFromMs ? Math.ceil(delayMs / coarseStepMs) * coarseStepMs : delayMs),
};
