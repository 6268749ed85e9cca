import { JsonPath, parseJsonPath } from './json-path.js';

/** A way into the answer of an earlier part. */
export interface PartPath {
  readonly part: string;
  readonly path: JsonPath;
}

/**
 * Reads a path that begins with the name of a part, as `$.order.lines[*].id`.
 * @throws TypeError for one that does not, or cannot be read
 */
export function parsePartPath(text: string): PartPath {
  const { steps } = parseJsonPath(text);
  const [first] = steps;
  if (first === undefined || first === 'all' || !('name' in first)) throw new TypeError(`"${text}" must begin with the name of a part, as $.order`);
  return { part: first.name, path: new JsonPath(steps.slice(1)) };
}

/** Where a value comes from: out of an earlier part, or written from what the aggregate's match has caught. */
export type ValueSource = PartPath | { readonly write: (values: Readonly<Record<string, string>>) => string; readonly names: readonly string[] };

/** A value as it stands in a path or a query; undefined for what can stand in none: null, lists, objects. */
export function valueText(value: unknown): string | undefined {
  // Half a character cannot be encoded.
  if (typeof value === 'string') return /\p{Surrogate}/u.test(value) ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
