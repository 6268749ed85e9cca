import type { Random } from '@portico/core';
import type { Balancer } from './balancer.js';
import type { InstanceState } from './instance-state.js';

/** Each in turn, weights disregarded. */
export class RoundRobinBalancer implements Balancer {
  readonly name = 'round-robin';
  #turn: number;

  /** @param start index of the first pick; -1, the default, begins anywhere, so that gateways started together do not march in step */
  constructor(start = -1) {
    this.#turn = start;
  }

  pick(candidates: readonly InstanceState[], random: Random): InstanceState {
    if (this.#turn < 0) this.#turn = Math.floor(random() * candidates.length);
    this.#turn = this.#turn % candidates.length;
    return candidates[this.#turn++]!;
  }
}
