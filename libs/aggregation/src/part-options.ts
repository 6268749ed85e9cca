import type { ServiceCall } from '@portico/backend-client';
import type { Caller } from '@portico/core';

/** What a part's functions are given: the input, the caller, and the parts named in `after`. */
export type Scope<Input, Parts> = { readonly input: Input; readonly caller: Caller } & Readonly<Parts>;

export interface PartOptions<After> {
  /** Parts whose values this one needs; it starts when they are there. Parts that need nothing run in parallel. */
  readonly after?: After;
  /** Fraction (0 to 1) of the usable deadline that this part may take; by default an even share of what its chain leaves. */
  readonly share?: number;
}

export interface OptionalPartOptions<Input, Parts, After> extends PartOptions<After> {
  /** Whether the part is wanted at all; a skipped part does not degrade the answer. */
  readonly when?: (scope: Scope<Input, Parts>) => boolean;
  /** An older answer stands in for a failed call, as long as the endpoint keeps answers. */
  readonly stale?: boolean;
}

export interface JoinOptions<Input, Parts, After, T> extends PartOptions<After> {
  /** Whether a failed call fails the whole answer; otherwise its items are null. Default: false. */
  readonly required?: boolean;
  /** Ids to look up; repeated ids are asked for once. */
  readonly ids: (scope: Scope<Input, Parts>) => readonly string[];
  /** The batch call for some of the ids: its answer is a list, or an object with the list under `items`. */
  readonly fetch: (ids: readonly string[], scope: Scope<Input, Parts>) => ServiceCall<readonly T[] | { readonly items: readonly T[] }>;
  /** The id that an item belongs to. */
  readonly key: (item: T) => string;
  /** Most ids per call; more are asked for in parallel calls. Default: 100. */
  readonly chunkSize?: number;
}
