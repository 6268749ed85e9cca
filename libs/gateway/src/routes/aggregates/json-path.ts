/** What one step of a path takes: a member by its name, an item by its place, or all there are. */
export type JsonPathStep = { readonly name: string } | { readonly index: number } | 'all';

const step = /\.(?:(\*)|([\p{L}_$][\p{L}\p{N}_$-]*))|\[(?:(\*)|(-?\d{1,9})|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')\]/uy;

/** A way into JSON, compiled: `$.lines[*].productId`, `$[0]['the name']`. Sees own members only, and never more than what is there. */
export class JsonPath {
  readonly steps: readonly JsonPathStep[];

  constructor(steps: readonly JsonPathStep[]) {
    this.steps = steps;
  }

  /** Whether it may find several values. */
  get many(): boolean {
    return this.steps.includes('all');
  }

  /** Every value it leads to, in order; none where it ends early. */
  find(value: unknown): unknown[] {
    let found: unknown[] = [value];
    for (const taken of this.steps) {
      const next: unknown[] = [];
      for (const one of found) take(one, taken, next);
      found = next;
    }
    return found;
  }
}

/**
 * Reads a path: `$`, then `.name`, `['name']`, `["name"]`, `[3]`, `[-1]` for the last, `[*]` or `.*` for all.
 * @throws TypeError that says where it cannot be read
 */
export function parseJsonPath(text: string): JsonPath {
  if (!text.startsWith('$')) throw new TypeError('must begin with "$"');
  const steps: JsonPathStep[] = [];
  for (step.lastIndex = 1; step.lastIndex < text.length; ) {
    const at = step.lastIndex;
    const match = step.exec(text);
    if (!match) throw new TypeError(`cannot be read from "${text.slice(at)}" on: steps are .name, ['name'], [0] and [*]`);
    const [, dotAll, name, all, index, double, single] = match;
    if (dotAll ?? all) steps.push('all');
    else if (index !== undefined) steps.push({ index: Number(index) });
    else steps.push({ name: name ?? (double ?? single ?? '').replace(/\\(.)/gu, '$1') });
  }
  return new JsonPath(steps);
}

function take(value: unknown, taken: JsonPathStep, into: unknown[]): void {
  if (value === null || typeof value !== 'object') return;
  if (taken === 'all') for (const one of Object.values(value)) into.push(one);
  else if ('index' in taken) {
    if (!Array.isArray(value)) return;
    const at = taken.index < 0 ? value.length + taken.index : taken.index;
    if (at >= 0 && at < value.length) into.push(value[at]);
  } else if (!Array.isArray(value) && Object.hasOwn(value, taken.name)) into.push((value as Record<string, unknown>)[taken.name]);
}
