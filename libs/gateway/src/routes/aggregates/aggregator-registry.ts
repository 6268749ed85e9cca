import type { Resolve } from '@portico/core';
import { aggregatorName } from './aggregator-type.decorator.js';
import type { AggregatorClass, AnswerAggregator } from './answer-aggregator.js';

/** The aggregators that a configuration can name. */
export class AggregatorRegistry {
  readonly #types: ReadonlyMap<string, AggregatorClass>;

  /** @throws TypeError when two classes have one name, or a class has no `@AggregatorType()` */
  constructor(types: readonly AggregatorClass[]) {
    const byName = new Map<string, AggregatorClass>();
    for (const type of types) {
      const name = aggregatorName(type);
      const other = byName.get(name);
      if (other) throw new TypeError(`Two aggregators are called ${name}: ${other.name} and ${type.name}`);
      byName.set(name, type);
    }
    this.#types = byName;
  }

  get names(): readonly string[] {
    return [...this.#types.keys()];
  }

  /** @throws TypeError when no aggregator has that name */
  make(name: string, resolve: Resolve): AnswerAggregator {
    const type = this.#types.get(name);
    if (!type) throw new TypeError(`There is no aggregator called ${name}`);
    return new type(resolve);
  }
}
