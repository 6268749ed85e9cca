import type { Balancer } from './balancer.js';
import type { InstanceState } from './instance-state.js';

/** Always the first one that may be used, in the order of the source: the others only stand by. Weights are disregarded. */
export class FirstBalancer implements Balancer {
  readonly name = 'first';

  pick(candidates: readonly InstanceState[]): InstanceState {
    return candidates[0]!;
  }
}
