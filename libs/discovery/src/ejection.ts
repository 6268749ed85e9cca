import type { EjectionOptions } from './ejection.config.js';
import type { InstanceState } from './instance-state.js';

/** Passive ejection: judges instances by the calls they answer, and leaves out those that keep failing. */
export class Ejection {
  readonly #options: EjectionOptions;

  constructor(options: EjectionOptions) {
    this.#options = options;
  }

  /** Whether `state` has failed so often that it should be left out, or cannot be reached, and may be: among `all` not too many are already. */
  isDue(state: InstanceState, unreachable: boolean, all: readonly InstanceState[], now: number): boolean {
    const failed = this.#failsForLong(state) || (unreachable && this.#options.unreachableMs > 0);
    if (!failed || isEjected(state, now)) return false;
    const ejected = all.reduce((count, other) => (isEjected(other, now) ? count + 1 : count), 0);
    return (ejected + 1) * 100 <= all.length * this.#options.maxEjectedPercent;
  }

  /** Leaves `state` out from now on, longer each time; for a moment only when all that is known is that it cannot be reached. */
  eject(state: InstanceState, now: number): void {
    if (!this.#failsForLong(state)) return this.#leaveOut(state, now + this.#options.unreachableMs);
    if (now - state.ejectedUntil >= this.#options.maxMs) state.timesEjected = 0;
    state.timesEjected++;
    state.consecutiveFailures = 0;
    this.#leaveOut(state, now + Math.min(this.#options.maxMs, this.#options.baseMs * state.timesEjected));
  }

  #failsForLong({ consecutiveFailures }: InstanceState): boolean {
    return consecutiveFailures >= this.#options.consecutiveFailures;
  }

  #leaveOut(state: InstanceState, until: number): void {
    state.ejectedUntil = until;
    state.warmSince = until;
  }
}

/** Whether `state` is left out at the moment `now`. */
export function isEjected(state: InstanceState, now: number): boolean {
  return state.ejectedUntil > now;
}
