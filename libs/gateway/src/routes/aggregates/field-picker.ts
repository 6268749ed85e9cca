type PickTree = ReadonlyMap<string, PickTree | undefined>;

/** Keeps some fields of an answer, at any depth; lists are entered, what is no object stays as it is. */
export class FieldPicker {
  readonly #tree: PickTree;

  /** @param fields names, with dots from one level to the next: `id`, `customer.name` */
  constructor(fields: readonly string[]) {
    this.#tree = treeOf(fields.map((field) => field.split('.')));
  }

  pick(value: unknown): unknown {
    return picked(value, this.#tree);
  }
}

function treeOf(paths: readonly (readonly string[])[]): PickTree {
  const tree = new Map<string, PickTree | undefined>();
  for (const name of new Set(paths.map(([first]) => first as string))) {
    const rests = paths.filter(([first]) => first === name).map((path) => path.slice(1));
    // A field that is named by itself is kept whole, whatever else is said of it.
    tree.set(name, rests.some((rest) => rest.length === 0) ? undefined : treeOf(rests));
  }
  return tree;
}

function picked(value: unknown, tree: PickTree): unknown {
  if (Array.isArray(value)) return value.map((item) => picked(item, tree));
  if (value === null || typeof value !== 'object') return value;
  const entries: [string, unknown][] = [];
  for (const [name, below] of tree) {
    if (!Object.hasOwn(value, name)) continue;
    const field = (value as Record<string, unknown>)[name];
    entries.push([name, below ? picked(field, below) : field]);
  }
  return Object.fromEntries(entries);
}
