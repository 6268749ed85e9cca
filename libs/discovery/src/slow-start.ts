import type { InstanceState } from './instance-state.js';

const floor = 0.1;
const steps = 20;

/** Gives an instance that is new, or was left out, a weight that grows evenly from a tenth to the whole of its own. */
export class SlowStart {
  readonly #durationMs: number;

  /** @param durationMs how long it grows; 0 gives the whole weight at once */
  constructor(durationMs: number) {
    this.#durationMs = durationMs;
  }

  /** The weight of `state` at the moment `now`. */
  weightOf({ instance, warmSince }: InstanceState, now: number): number {
    const grown = this.#durationMs === 0 ? 1 : (now - warmSince) / this.#durationMs;
    return grown >= 1 ? instance.weight : instance.weight * (floor + (1 - floor) * Math.max(0, grown));
  }

  /** When the weight of `state` should be asked for again; Infinity when it has grown. */
  nextStepAt({ warmSince }: InstanceState, now: number): number {
    const grownAt = warmSince + this.#durationMs;
    return now >= grownAt ? Infinity : Math.min(grownAt, now + this.#durationMs / steps);
  }
}
