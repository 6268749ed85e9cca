import type { Random } from '@portico/core';
import type { InstanceState } from './instance-state.js';

/** Decides which of several candidates gets the next call. One object per service. */
export interface Balancer {
  /** Name in the configuration, as `least-request`. */
  readonly name: string;
  /**
   * @param candidates two or more. An immutable snapshot: the same array until the candidates change, except for a pick that avoids one of them.
   */
  pick(candidates: readonly InstanceState[], random: Random): InstanceState;
}
