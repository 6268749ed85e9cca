import type { Caller } from '@portico/core';
import type { ServiceCall, ServiceTask } from '@portico/backend-client';

/** What a part's call sees at run time: the input, the caller, and every part that came before by name. */
export type RunScope = { input: unknown; caller: Caller } & Record<string, unknown>;

interface PartPlanBase {
  readonly name: string;
  readonly required: boolean;
  /** Positions of the parts that must be there first. */
  readonly after: readonly number[];
  /** Share of the deadline that was asked for; undefined: an even share of what is left. */
  readonly share: number | undefined;
}

/** One call. */
export interface CallPlan extends PartPlanBase {
  readonly kind: 'call';
  readonly when: ((scope: RunScope) => boolean) | undefined;
  readonly call: (scope: RunScope) => ServiceCall<unknown> | ServiceTask<unknown>;
  /** Use an older answer when the call fails. */
  readonly stale: boolean;
  /** Makes the value for when nothing else is there; a new one each time, so that no two requests share it. */
  readonly fallback: (() => unknown) | undefined;
}

/** One batched look-up for a whole list. */
export interface JoinPlan extends PartPlanBase {
  readonly kind: 'join';
  readonly ids: (scope: RunScope) => readonly string[];
  readonly fetch: (ids: readonly string[], scope: RunScope) => ServiceCall<readonly unknown[] | { readonly items: readonly unknown[] }>;
  readonly key: (item: never) => string;
  readonly chunkSize: number;
}

export type PartPlan = CallPlan | JoinPlan;
