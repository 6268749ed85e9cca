import type { Random } from '@portico/core';
import type { Balancer } from './balancer.js';
import type { InstanceState } from './instance-state.js';

/** Each in turn, weights disregarded. Begins anywhere, so that gateways started together do not march in step. */
export class RoundRobinBalancer implements Balancer {
  readonly name = 'round-robin';
  #turn = -1;

  pick(candidates: readonly InstanceState[], random: Random): InstanceState {
    if (this.#turn < 0) this.#turn = Math.floor(random() * candidates.length);
    this.#turn = this.#turn % candidates.length;
    return candidates[this.#turn++]!;
  }
}
