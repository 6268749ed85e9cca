import type { Random } from '@portico/core';
import type { Affinity } from './affinity.js';
import type { InstanceOutcome } from './instance-outcome.js';
import type { InstanceState } from './instance-state.js';
import type { HintRequest, PickHint } from './pick-hint.js';

/** Decides which of several candidates gets the next call. One object per service. */
export interface Balancer {
  /** Name in the configuration, as `least-request`. */
  readonly name: string;

  /**
   * Chooses; must not throw.
   * @param candidates two or more. An immutable snapshot: the same array until the candidates or their weights change, except for a pick that avoids one of them.
   * @param hint what `hint` made for this request; undefined where the caller has none, and always for a balancer without `hint`
   */
  pick(candidates: readonly InstanceState[], random: Random, hint?: PickHint): InstanceState;

  /** Makes what a choice depends on besides the instances, once per request. A balancer that chooses by the instances alone has no such method: nothing is allocated for it. */
  hint?(request: HintRequest, affinity: Affinity | undefined): PickHint;

  /** Told that the answer of `state` is the one that the request gets, before its head is sent: the moment to note where the caller belongs. */
  answered?(state: InstanceState, hint: PickHint): void;

  /** Told how every call ended, for balancers that learn from it. */
  finished?(state: InstanceState, outcome: InstanceOutcome): void;
}
