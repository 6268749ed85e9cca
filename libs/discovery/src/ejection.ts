import type { EjectionOptions } from './ejection.config.js';
import type { InstanceState } from './instance-state.js';

/** Passive ejection: judges instances by the calls they answer, and leaves out those that keep failing. */
export class Ejection {
  readonly #options: EjectionOptions;

  constructor(options: EjectionOptions) {
    this.#options = options;
  }

  /** Whether `state` has failed so often that it should be left out, and may be: among `all` not too many are already. */
  isDue(state: InstanceState, all: readonly InstanceState[], now: number): boolean {
    if (state.consecutiveFailures < this.#options.consecutiveFailures || isEjected(state, now)) return false;
    const ejected = all.reduce((count, other) => (isEjected(other, now) ? count + 1 : count), 0);
    return (ejected + 1) * 100 <= all.length * this.#options.maxEjectedPercent;
  }

  /** Leaves `state` out from now on, longer each time. */
  eject(state: InstanceState, now: number): void {
    if (now - state.ejectedUntil >= this.#options.maxMs) state.timesEjected = 0;
    state.timesEjected++;
    state.consecutiveFailures = 0;
    state.ejectedUntil = now + Math.min(this.#options.maxMs, this.#options.baseMs * state.timesEjected);
    state.warmSince = state.ejectedUntil;
  }
}

/** Whether `state` is left out at the moment `now`. */
export function isEjected(state: InstanceState, now: number): boolean {
  return state.ejectedUntil > now;
}
