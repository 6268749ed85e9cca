import type { Balancer } from './balancer.js';
import type { InstanceState } from './instance-state.js';

/**
 * Each in turn, as often as its weight says, and spread evenly: weights 5, 1, 1 give a a b a c a a, not five times a in a row (smooth weighted round robin).
 * In every pick each candidate earns its weight, and the richest one is picked and pays what all have earned.
 */
export class WeightedRoundRobinBalancer implements Balancer {
  readonly name = 'weighted-round-robin';
  readonly #credit = new WeakMap<InstanceState, number>();

  pick(candidates: readonly InstanceState[]): InstanceState {
    let richest = candidates[0]!;
    let most = -Infinity;
    let earned = 0;
    for (const candidate of candidates) {
      const credit = (this.#credit.get(candidate) ?? 0) + candidate.weight;
      this.#credit.set(candidate, credit);
      earned += candidate.weight;
      if (credit > most) {
        most = credit;
        richest = candidate;
      }
    }
    this.#credit.set(richest, most - earned);
    return richest;
  }
}
