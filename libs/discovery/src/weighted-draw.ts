import type { Random } from '@portico/core';
import type { InstanceState } from './instance-state.js';

/** Draws from a snapshot of candidates in proportion to their weights. The sums are kept as long as the snapshot is the same. */
export class WeightedDraw {
  #snapshot: readonly InstanceState[] = [];
  #sums = new Float64Array();
  #equal = true;

  /** Index of the candidate drawn. */
  draw(candidates: readonly InstanceState[], random: Random): number {
    if (candidates !== this.#snapshot) this.#prepare(candidates);
    if (this.#equal) return Math.floor(random() * candidates.length);
    const sums = this.#sums;
    const point = random() * sums[sums.length - 1]!;
    let index = 0;
    while (point >= sums[index]!) index++;
    return index;
  }

  #prepare(candidates: readonly InstanceState[]): void {
    this.#snapshot = candidates;
    this.#equal = candidates.every(({ weight }) => weight === candidates[0]!.weight);
    let sum = 0;
    this.#sums = Float64Array.from(candidates, ({ weight }) => (sum += weight));
  }
}
