import { Joined, type EachPlan, type JoinPlan, type PartPlan, type RunScope } from '@portico/aggregation';
import type { ServiceTask } from '@portico/backend-client';
import { PorticoError } from '@portico/core';
import type { EachDefinition, JoinDefinition, PartDefinition } from './aggregate-definition.js';
import type { AggregateInput } from './aggregate-input.js';
import { CallValues } from './call-values.js';
import type { PartAnswer } from './part-answer.js';
import { PartResult } from './part-result.js';
import type { RouteCall } from './route-call.js';
import { valueText, type PartPath } from './value-source.js';

type Result = PartResult<PartAnswer>;

/** Finds the part of that name; every part that another one reads is among those it waits for. */
export type PartFinder = (name: string) => ConfiguredPart;

const nothing = 'null';

/** One part of a configured aggregate: a plan for the engine, and what it makes of what the plan brought. */
export class ConfiguredPart {
  readonly name: string;
  /** Its key in the answer. */
  readonly key: string;
  readonly plan: PartPlan;
  readonly #definition: PartDefinition;
  readonly #call: RouteCall;
  readonly #find: PartFinder;
  readonly #fallback: Result | undefined;

  /** @param position place of a part among the plans */
  constructor(definition: PartDefinition, call: RouteCall, find: PartFinder, position: (name: string) => number) {
    const { name, key, required, after, share, when, fallback, each, join } = definition;
    this.name = name;
    this.key = key;
    this.#definition = definition;
    this.#call = call;
    this.#find = find;
    this.#fallback = fallback === undefined ? undefined : new PartResult<PartAnswer>(fallback, JSON.parse(fallback), []);
    const own = this.#fallback;
    const base = { name, required, share, after: after.map(position), when: when && ((scope: RunScope) => this.#found(when, scope).some(counts)), fallback: own && (() => own) };
    if (each) this.plan = { kind: 'each', ...base, ...this.#eachPlan(each) };
    else if (join) this.plan = { kind: 'join', ...base, ...this.#joinPlan(join) };
    else this.plan = { kind: 'call', ...base, stale: false, call: (scope) => this.#task(scope, this.#values(scope), (answer) => this.#resultOf(answer)) };
  }

  /** What the part brought, or its default; undefined when it failed or was skipped. */
  result(scope: RunScope): Result | undefined {
    const left = scope[this.name];
    if (left instanceof PartResult) return left as Result;
    if (left instanceof Joined) return this.#joined(left, scope);
    if (Array.isArray(left)) return this.#listed(left as (Result | null)[]);
    const part = left as { ok: true; value: Result | (Result | null)[] } | { ok: false };
    if (!part.ok) return undefined;
    return Array.isArray(part.value) ? this.#listed(part.value) : part.value;
  }

  #values(scope: RunScope): CallValues {
    const { service } = this.#call;
    const values = new CallValues(service, (name) => this.#call.places(name));
    for (const [name, source] of this.#definition.values) {
      if ('write' in source) values.set(name, [source.write(inputOf(scope).request.values)]);
      else values.setOnly(name, this.#found(source, scope));
    }
    values.body = this.#definition.send?.write({ find: (path) => this.#found(path, scope), caught: (name) => inputOf(scope).request.values[name] ?? '', lacks: (what) => values.lacks(what) });
    return values;
  }

  #eachPlan({ values: path, parameter, maxCalls }: EachDefinition): Pick<EachPlan, 'values' | 'call'> {
    return {
      values: (scope) => this.#capped(this.#texts(path, scope).filter((text) => text !== undefined), maxCalls),
      call: (value, scope) => {
        const values = this.#values(scope);
        values.set(parameter, [value]);
        return this.#task(scope, values, (answer) => this.#resultOf(answer));
      },
    };
  }

  #joinPlan({ ids, parameter, key, items, chunkSize, maxCalls }: JoinDefinition): Pick<JoinPlan, 'ids' | 'fetch' | 'key' | 'chunkSize'> {
    return {
      chunkSize,
      ids: (scope) => this.#capped(this.#texts(ids, scope).filter((text) => text !== undefined), maxCalls * chunkSize),
      key: (item: unknown) => valueText(key.find(item)[0]) ?? '',
      fetch: (some, scope) => {
        const values = this.#values(scope);
        values.set(parameter, some);
        return this.#task(scope, values, ({ value }) => {
          const list = items ? items.find(value)[0] : listOf(value);
          if (!Array.isArray(list)) throw new PorticoError('SERVICE_ANSWER_INVALID', { cause: new Error(`${this.#call.service} answered without a list of items`) });
          return list as unknown[];
        });
      },
    };
  }

  #task<T>(scope: RunScope, values: CallValues, read: (answer: PartAnswer) => T): ServiceTask<T> {
    const { service, run } = this.#call.task(inputOf(scope), values);
    return { service, run: async (ask) => read(await run(ask)) };
  }

  #found({ part, path }: PartPath, scope: RunScope): unknown[] {
    const result = this.#find(part).result(scope);
    return result === undefined ? [] : path.find(result.value);
  }

  /** Ids and the like as texts, undefined where an item has none. An object is no id: it would be lost silently. */
  #texts(path: PartPath, scope: RunScope): (string | undefined)[] {
    return this.#found(path, scope).map((value) => {
      const text = valueText(value);
      if (text === undefined && value !== null) throw this.#lacks(`${path.part} has a value that cannot be sent`);
      return text === '' ? undefined : text;
    });
  }

  #capped(texts: string[], most: number): string[] {
    const count = new Set(texts).size;
    if (count > most) throw this.#lacks(`it would need ${count} values, and at most ${most} are asked for`);
    return texts;
  }

  #lacks(what: string): PorticoError {
    return new CallValues(this.#call.service, () => false).lacks(what);
  }

  #resultOf(answer: PartAnswer): Result {
    const { pick } = this.#definition;
    return new PartResult<PartAnswer>(pick && answer.json !== undefined ? JSON.stringify(pick.pick(answer.value)) : (answer.json ?? nothing), answer.value, [answer]);
  }

  #listed(results: readonly (Result | null)[]): Result {
    const [first] = results;
    if (this.#definition.each?.unwrapsOne && results.length === 1 && first) return first;
    return new PartResult<PartAnswer>(`[${results.map((result) => result?.json ?? nothing).join(',')}]`, results.map((result) => result?.value ?? null), results.flatMap((result) => result?.answers ?? []));
  }

  #joined(joined: Joined<unknown>, scope: RunScope): Result | undefined {
    if (!joined.complete && joined.size === 0) return undefined;
    const { join, pick } = this.#definition;
    const items = this.#texts((join as JoinDefinition).ids, scope).map((id) => (id === undefined ? null : joined.get(id)));
    return new PartResult<PartAnswer>(JSON.stringify(pick ? pick.pick(items) : items), items, []);
  }
}

function listOf(value: unknown): unknown {
  return Array.isArray(value) ? value : (value as { items?: unknown } | null | undefined)?.items;
}

function inputOf({ input }: RunScope): AggregateInput {
  return input as AggregateInput;
}

/** Whether a value says that a part is wanted. */
function counts(value: unknown): boolean {
  return value !== null && value !== false;
}
