import type { ServiceCall, ServiceTask } from '@portico/backend-client';
import type { Caller } from '@portico/core';
import type { ViewModel, ViewOf } from '@portico/view-model';
import { Aggregate } from './aggregate.js';
import type { Joined } from './joined.js';
import type { Part } from './part.js';
import type { PartPlan, RunScope } from './plan.js';

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

type Fresh<Name extends string, Parts> = Name extends keyof Parts | 'input' | 'caller' ? never : Name;
type Needs<Parts> = readonly (keyof Parts & string)[];

/** Adds parts one by one; the type of every part is known to those after it. */
export class AggregateBuilder<Input, Parts> {
  readonly #name: string;
  readonly #plans: readonly PartPlan[];

  constructor(name: string, plans: readonly PartPlan[]) {
    this.#name = name;
    this.#plans = plans;
  }

  /** A part without which there is no answer: its failure is the request's. */
  required<Name extends string, T, const After extends Needs<Parts> = []>(
    name: Fresh<Name, Parts>,
    call: (scope: Scope<Input, Pick<Parts, After[number]>>) => ServiceCall<T> | ServiceTask<T>,
    options: PartOptions<After> = {},
  ): AggregateBuilder<Input, Parts & Record<Name, T>> {
    return this.#add({ kind: 'call', ...this.#base(name, true, options), call: call as never, when: undefined, stale: false, fallback: undefined });
  }

  /** A part that may fail: the reader has to look whether it is there. */
  optional<Name extends string, T, const After extends Needs<Parts> = []>(
    name: Fresh<Name, Parts>,
    call: (scope: Scope<Input, Pick<Parts, After[number]>>) => ServiceCall<T> | ServiceTask<T>,
    options: OptionalPartOptions<Input, Pick<Parts, After[number]>, After> = {},
  ): AggregateBuilder<Input, Parts & Record<Name, Part<T>>> {
    return this.#add({ kind: 'call', ...this.#base(name, false, options), call: call as never, when: options.when as never, stale: options.stale ?? false, fallback: undefined });
  }

  /** A part that may fail and then has the value `fallback`; the answer is degraded all the same. */
  withDefault<Name extends string, T, const After extends Needs<Parts> = []>(
    name: Fresh<Name, Parts>,
    fallback: NoInfer<T>,
    call: (scope: Scope<Input, Pick<Parts, After[number]>>) => ServiceCall<T> | ServiceTask<T>,
    options: OptionalPartOptions<Input, Pick<Parts, After[number]>, After> = {},
  ): AggregateBuilder<Input, Parts & Record<Name, T>> {
    const plan = { call: call as never, when: options.when as never, stale: options.stale ?? false, fallback: { value: fallback } };
    return this.#add({ kind: 'call', ...this.#base(name, false, options), ...plan });
  }

  /** For every item of a list, what belongs to it: one batched call, however long the list is. */
  join<Name extends string, T, const After extends Needs<Parts> = []>(
    name: Fresh<Name, Parts>,
    options: JoinOptions<Input, Pick<Parts, After[number]>, After, T>,
  ): AggregateBuilder<Input, Parts & Record<Name, Joined<T>>> {
    const { ids, fetch, key, chunkSize = 100 } = options;
    if (!Number.isInteger(chunkSize) || chunkSize < 1) throw new Error(`The join ${name} of ${this.#name} needs a chunkSize of at least 1`);
    return this.#add({ kind: 'join', ...this.#base(name, options.required ?? false, options), ids: ids as never, fetch: fetch as never, key: key as never, chunkSize });
  }

  /** Ends the definition: what the parts brought becomes what `view` declares. */
  shape<V extends ViewModel>(_view: V, shape: (parts: Scope<Input, Parts>) => ViewOf<V>): Aggregate<Input, ViewOf<V>> {
    return this.into(shape);
  }

  /** Ends the definition for an aggregate whose output is no view model: another aggregate's input, the rows of a stream. */
  into<Output>(shape: (parts: Scope<Input, Parts>) => Output): Aggregate<Input, Output> {
    return new Aggregate(this.#name, this.#plans, shape as (scope: RunScope) => Output);
  }

  #base(name: string, required: boolean, options: PartOptions<readonly string[]>): { name: string; required: boolean; after: number[]; share: number | undefined } {
    const { share } = options;
    if (name === 'input' || name === 'caller') throw new Error(`A part of ${this.#name} cannot be called ${name}`);
    if (this.#plans.some((plan) => plan.name === name)) throw new Error(`${this.#name} has two parts called ${name}`);
    if (share !== undefined && !(share > 0 && share <= 1)) throw new Error(`The share of ${name} in ${this.#name} must be above 0 and at most 1`);
    const after = (options.after ?? []).map((needed) => {
      const index = this.#plans.findIndex((plan) => plan.name === needed);
      if (index < 0) throw new Error(`The part ${name} of ${this.#name} needs ${needed}, which does not stand before it`);
      return index;
    });
    return { name, required, after, share };
  }

  #add<Next>(plan: PartPlan): AggregateBuilder<Input, Next> {
    return new AggregateBuilder(this.#name, [...this.#plans, plan]);
  }
}

/** Begins an aggregate that takes `Input`: `defineAggregate<{ id: string }>('product').required(…).optional(…).shape(View, …)`. */
// An empty record of parts: nothing is known before the first one.
// eslint-disable-next-line @typescript-eslint/no-empty-object-type
export function defineAggregate<Input = undefined>(name: string): AggregateBuilder<Input, {}> {
  return new AggregateBuilder(name, []);
}
