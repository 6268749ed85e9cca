import type { Constraint } from '../constraints.js';

/** Keywords of JSON Schema. */
export type Keywords = Readonly<Record<string, unknown>>;

const keywords: Readonly<Record<string, (...parameters: never[]) => Keywords | undefined>> = {
  isString: () => ({}),
  isNumber: () => ({}),
  isBoolean: () => ({}),
  isArray: () => ({}),
  isObject: () => ({}),
  isInt: () => ({ type: 'integer' }),
  isPositive: () => ({ exclusiveMinimum: 0 }),
  isNegative: () => ({ exclusiveMaximum: 0 }),
  isDivisibleBy: (divisor: number) => ({ multipleOf: divisor }),
  min: (least: number) => ({ minimum: least }),
  max: (most: number) => ({ maximum: most }),
  equals: (value: unknown) => ({ const: value }),
  isIn: (values: readonly unknown[]) => ({ enum: [...values] }),
  isEnum: (_entity: unknown, values: readonly unknown[]) => ({ enum: [...values] }),
  isNotEmpty: () => ({ minLength: 1 }),
  isLength: (least: number, most?: number) => ({ minLength: least, ...(most !== undefined && { maxLength: most }) }),
  minLength: (least: number) => ({ minLength: least }),
  maxLength: (most: number) => ({ maxLength: most }),
  matches: (pattern: RegExp | string, flags?: string) => patternOf(new RegExp(pattern, flags)),
  arrayNotEmpty: () => ({ minItems: 1 }),
  arrayMinSize: (least: number) => ({ minItems: least }),
  arrayMaxSize: (most: number) => ({ maxItems: most }),
  arrayUnique: (identify?: unknown) => (identify === undefined ? { uniqueItems: true } : undefined),
};

/** What JSON Schema can say of a constraint; undefined when it cannot. */
export function constraintKeywords({ name, parameters }: Constraint): Keywords | undefined {
  return Object.hasOwn(keywords, name) ? keywords[name]!(...(parameters as never[])) : undefined;
}

// A schema has no place for flags, and its patterns are read with `u`.
function patternOf({ source, flags }: RegExp): Keywords | undefined {
  if (flags.replace(/[gu]/g, '') !== '') return undefined;
  try {
    return { pattern: new RegExp(source, 'u').source };
  } catch {
    return undefined;
  }
}
