import type { Caller } from '@portico/core';
import type { ServiceCall, ServiceTask } from '@portico/backend-client';

/** What a part's call sees at run time: the input, the caller, and every part that came before by name. */
export type RunScope = { input: unknown; caller: Caller } & Record<string, unknown>;

/** What the batch call of a join brings. */
export type Batch = readonly unknown[] | { readonly items: readonly unknown[] };

interface PartPlanBase {
  readonly name: string;
  readonly required: boolean;
  /** Positions of the parts that must be there first. */
  readonly after: readonly number[];
  /** Share of the deadline that was asked for; undefined: an even share of what is left. */
  readonly share: number | undefined;
  /** Whether the part is wanted at all; undefined: always. */
  readonly when: ((scope: RunScope) => boolean) | undefined;
  /** Makes the value for when nothing else is there; a new one each time, so that no two requests share it. */
  readonly fallback: (() => unknown) | undefined;
}

/** One call. */
export interface CallPlan extends PartPlanBase {
  readonly kind: 'call';
  readonly call: (scope: RunScope) => ServiceCall<unknown> | ServiceTask<unknown>;
  /** Use an older answer when the call fails. */
  readonly stale: boolean;
}

/** One batched look-up for a whole list. */
export interface JoinPlan extends PartPlanBase {
  readonly kind: 'join';
  readonly ids: (scope: RunScope) => readonly string[];
  readonly fetch: (ids: readonly string[], scope: RunScope) => ServiceCall<Batch> | ServiceTask<Batch>;
  readonly key: (item: never) => string;
  readonly chunkSize: number;
}

/** One call for each different value of a list. */
export interface EachPlan extends PartPlanBase {
  readonly kind: 'each';
  readonly values: (scope: RunScope) => readonly string[];
  readonly call: (value: string, scope: RunScope) => ServiceCall<unknown> | ServiceTask<unknown>;
}

export type PartPlan = CallPlan | JoinPlan | EachPlan;
