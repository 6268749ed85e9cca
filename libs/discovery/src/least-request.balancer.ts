import type { Random } from '@portico/core';
import type { Balancer } from './balancer.js';
import type { InstanceState } from './instance-state.js';
import { WeightedDraw } from './weighted-draw.js';

/**
 * Draws two candidates and takes the one with fewer calls under way for its weight (power of two choices): nearly as even as asking all of them,
 * and without the rush that every gateway would make to the one that is idle. The first one drawn wins a tie, so that an idle service is shared by weight.
 */
export class LeastRequestBalancer implements Balancer {
  readonly name = 'least-request';
  readonly #weighted = new WeightedDraw();

  pick(candidates: readonly InstanceState[], random: Random): InstanceState {
    const first = this.#weighted.draw(candidates, random);
    // The second is any other one with equal chance: by weight the light ones would hardly ever be compared.
    const step = 1 + Math.floor(random() * (candidates.length - 1));
    const one = candidates[first]!;
    const other = candidates[(first + step) % candidates.length]!;
    return other.active * one.weight < one.active * other.weight ? other : one;
  }
}
