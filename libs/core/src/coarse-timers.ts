import type { Timer } from './clock.js';

/** Moments at which these timers are due lie so many ms apart. */
const stepMs = 16;

/** Timers of one moment, which stand for as many as there are of the platform. */
class Step {
  readonly #timers: CoarseTimer[] = [];

  add(task: () => void): CoarseTimer {
    const timer = new CoarseTimer(this, this.#timers.length, task);
    this.#timers.push(timer);
    return timer;
  }

  delete(index: number): void {
    const timers = this.#timers;
    const last = timers.pop() as CoarseTimer;
    if (index === timers.length) return;
    last.index = index;
    timers[index] = last;
  }

  /** Runs what is left. A task that throws throws for itself, as with a timer of its own, and keeps no other from running. */
  run(): void {
    for (let timer = this.#timers.pop(); timer; timer = this.#timers.pop()) {
      timer.index = -1;
      try {
        timer.task();
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}

class CoarseTimer implements Timer {
  readonly task: () => void;
  /** Place in its step; -1 once it is over. */
  index: number;
  readonly #step: Step;

  constructor(step: Step, index: number, task: () => void) {
    this.#step = step;
    this.index = index;
    this.task = task;
  }

  cancel(): void {
    if (this.index < 0) return;
    this.#step.delete(this.index);
    this.index = -1;
  }
}

/**
 * Timers for what hardly ever comes to pass, as the end of a call's time: nearly all are called off, thousands a second, and each would cost the platform
 * an object, a place in a list and two changes of what keeps the process alive. These share one timer of the platform for each step of 16 ms, and come at most that late.
 */
export class CoarseTimers {
  readonly #steps = new Map<number, Step>();

  schedule(task: () => void, delayMs: number): Timer {
    const now = performance.now();
    const due = Math.ceil((now + delayMs) / stepMs);
    return (this.#steps.get(due) ?? this.#open(due, due * stepMs - now)).add(task);
  }

  #open(due: number, delayMs: number): Step {
    const step = new Step();
    this.#steps.set(due, step);
    const end = (): void => {
      this.#steps.delete(due);
      step.run();
    };
    setTimeout(end, delayMs).unref();
    return step;
  }
}
