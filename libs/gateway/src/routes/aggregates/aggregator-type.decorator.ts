import type { AggregatorClass } from './answer-aggregator.js';

const names = new WeakMap<AggregatorClass, string>();
const name = /^[A-Za-z][\w-]*$/;

/**
 * Names an aggregator for the configuration.
 * @throws TypeError for a name that is not made of letters, digits, `-` and `_`
 */
export function AggregatorType(text: string): (type: AggregatorClass) => void {
  if (!name.test(text)) throw new TypeError(`Not a name for an aggregator: ${JSON.stringify(text)}`);
  return (type) => void names.set(type, text);
}

/**
 * What `@AggregatorType()` says of `type`.
 * @throws TypeError when it has none of its own
 */
export function aggregatorName(type: AggregatorClass): string {
  const known = names.get(type);
  if (known === undefined) throw new TypeError(`${type.name} has no @AggregatorType()`);
  return known;
}
