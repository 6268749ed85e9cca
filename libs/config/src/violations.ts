import { validateSync } from 'class-validator';
import type { ConfigClass } from './config-class.js';
import { isRecord } from './copy-value.js';
import { constraintsOf } from './constraints.js';

/** One constraint that a property does not satisfy. */
export interface Violation {
  readonly property: string;
  /** Where in the value: empty for the value itself, else the place in a list or the key of a map. */
  readonly members: readonly (string | number)[];
  readonly constraint: string;
  /** The decorator's message. It may quote the value. */
  readonly message: string;
}

type Member = readonly (string | number)[];

/** Every constraint that the properties of a section do not satisfy. A constraint for each item of a map holds for its values. */
export function violationsOf(type: ConfigClass, section: object): Violation[] {
  // Of what class-validator calls a collection, maps are none.
  const maps = Object.entries(section).filter(([property, value]) => isRecord(value) && eachOf(type, property).size > 0);
  const lists = Object.fromEntries(maps.map(([property, value]) => [property, itemsOf(value).map(([, item]) => item)]));
  const errors = errorsOf(maps.length > 0 ? copyWith(type, section, lists) : section);
  return errors.flatMap(([property, constraint, text]) => {
    const message = stripped(text, property);
    const items = eachOf(type, property).has(constraint) ? itemsOf((section as Record<string, unknown>)[property]) : [];
    const failing = items.filter(([, item]) =>
      errorsOf(copyWith(type, section, { [property]: [item] })).some(([failed, name]) => failed === property && name === constraint),
    );
    const places: readonly Member[] = failing.length > 0 ? failing.map(([members]) => members) : [[]];
    return places.map((members) => ({ property, members, constraint, message }));
  });
}

/** The constraints that hold for each item of a property. */
const eachOf = (type: ConfigClass, property: string): ReadonlySet<string> =>
  new Set(constraintsOf(type, property).flatMap((constraint) => (constraint.each ? constraint.name : [])));

function itemsOf(value: unknown): [members: Member, item: unknown][] {
  if (Array.isArray(value)) return value.map((item: unknown, index) => [[index], item]);
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => itemsOf(Array.isArray(item) ? item : [item]).map(([[index], one]): [Member, unknown] => [Array.isArray(item) ? [key, index!] : [key], one]));
}

const copyWith = (type: ConfigClass, section: object, values: object): Record<string, unknown> =>
  Object.assign(Object.create(type.prototype as object) as Record<string, unknown>, section, values);

function errorsOf(instance: object): (readonly [property: string, constraint: string, message: string])[] {
  return validateSync(instance, { forbidUnknownValues: false, validationError: { target: false, value: false } }).flatMap(({ property, constraints }) =>
    Object.entries(constraints ?? {}).map(([name, text]) => [property, name, text] as const),
  );
}

function stripped(text: string, property: string): string {
  for (const start of [`each value in ${property} `, `${property} `]) if (text.startsWith(start)) return text.slice(start.length);
  return text;
}
