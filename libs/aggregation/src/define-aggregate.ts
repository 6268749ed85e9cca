import type { ServiceCall, ServiceTask } from '@portico/backend-client';
import type { ViewModel, ViewOf } from '@portico/view-model';
import { Aggregate } from './aggregate.js';
import type { Joined } from './joined.js';
import type { Part } from './part.js';
import type { JoinOptions, OptionalPartOptions, PartOptions, Scope } from './part-options.js';
import type { CallPlan, JoinPlan, PartPlan, RunScope } from './plan.js';

/** What every part's functions are given beside the parts. */
const reserved: readonly string[] = ['input', 'caller'];
// Part names stand in a header field, and become properties.
const partName = /^[A-Za-z]\w*$/;

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
    return this.#call(name, true, call as never, options, undefined);
  }

  /** A part that may fail: the reader has to look whether it is there. */
  optional<Name extends string, T, const After extends Needs<Parts> = []>(
    name: Fresh<Name, Parts>,
    call: (scope: Scope<Input, Pick<Parts, After[number]>>) => ServiceCall<T> | ServiceTask<T>,
    options: OptionalPartOptions<Input, Pick<Parts, After[number]>, After> = {},
  ): AggregateBuilder<Input, Parts & Record<Name, Part<T>>> {
    return this.#call(name, false, call as never, options, undefined);
  }

  /** A part that may fail and then has the value `fallback`, plain data that is copied; the answer is degraded all the same. */
  withDefault<Name extends string, T, const After extends Needs<Parts> = []>(
    name: Fresh<Name, Parts>,
    fallback: NoInfer<T>,
    call: (scope: Scope<Input, Pick<Parts, After[number]>>) => ServiceCall<T> | ServiceTask<T>,
    options: OptionalPartOptions<Input, Pick<Parts, After[number]>, After> = {},
  ): AggregateBuilder<Input, Parts & Record<Name, T>> {
    const own = structuredClone(fallback);
    return this.#call(name, false, call as never, options, () => structuredClone(own));
  }

  /** For every item of a list, what belongs to it: one batched call, however long the list is. */
  join<Name extends string, T, const After extends Needs<Parts> = []>(
    name: Fresh<Name, Parts>,
    options: JoinOptions<Input, Pick<Parts, After[number]>, After, T>,
  ): AggregateBuilder<Input, Parts & Record<Name, Joined<T>>> {
    const { ids, fetch, key, chunkSize = 100 } = options;
    if (!Number.isInteger(chunkSize) || chunkSize < 1) throw new Error(`The join ${name} of ${this.#name} needs a chunkSize of at least 1`);
    const plan: Pick<JoinPlan, 'ids' | 'fetch' | 'key' | 'chunkSize'> = { ids: ids as never, fetch: fetch as never, key: key as never, chunkSize };
    return this.#add({ kind: 'join', ...this.#base(name, options.required ?? false, options), ...plan, when: undefined, fallback: undefined });
  }

  /** Ends the definition: what the parts brought becomes what `view` declares. */
  shape<V extends ViewModel>(_view: V, shape: (parts: Scope<Input, Parts>) => ViewOf<V>): Aggregate<Input, ViewOf<V>> {
    return this.into(shape);
  }

  /** Ends the definition for an aggregate whose output is no view model: another aggregate's input, the rows of a stream. */
  into<Output>(shape: (parts: Scope<Input, Parts>) => Output): Aggregate<Input, Output> {
    return new Aggregate(this.#name, this.#plans, shape as (scope: RunScope) => Output);
  }

  #call<Next>(name: string, required: boolean, call: CallPlan['call'], options: OptionalPartOptions<never, never, readonly string[]>, fallback: CallPlan['fallback']): AggregateBuilder<Input, Next> {
    const { when, stale = false } = options;
    return this.#add({ kind: 'call', ...this.#base(name, required, options), call, when: when as CallPlan['when'], stale, fallback });
  }

  #base(name: string, required: boolean, options: PartOptions<readonly string[]>): Pick<PartPlan, 'name' | 'required' | 'after' | 'share'> {
    const { share } = options;
    if (reserved.includes(name) || !partName.test(name)) throw new Error(`A part of ${this.#name} cannot be called ${name}`);
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
