import type { DocumentNode, FragmentDefinitionNode, SelectionNode, SelectionSetNode } from 'graphql';

/** How much a query asks for, fragments counted wherever they are spread. Of several operations the worst counts. */
export interface QueryMeasure {
  /** Deepest nesting of fields; below `__schema` and `__type` it counts as `schemaDepth` instead. */
  readonly depth: number;
  readonly schemaDepth: number;
  /** Fields in all. */
  readonly fields: number;
  readonly aliases: number;
  /** Whether all that it does is read. */
  readonly reads: boolean;
  /** Whether fragments spread each other in a circle. */
  readonly circular: boolean;
}

type Cost = Pick<QueryMeasure, 'depth' | 'schemaDepth' | 'fields' | 'aliases'>;

const nothing: Cost = { depth: 0, schemaDepth: 0, fields: 0, aliases: 0 };

/** Measures a parsed query. Takes time in proportion to its text, however its fragments multiply. */
export function measureQuery(document: DocumentNode): QueryMeasure {
  const fragments = new Fragments(document);
  let worst = nothing;
  let reads = true;
  for (const definition of document.definitions) {
    if (definition.kind !== 'OperationDefinition') continue;
    reads &&= definition.operation === 'query';
    const cost = fragments.costOf(definition.selectionSet);
    worst = {
      depth: Math.max(worst.depth, cost.depth),
      schemaDepth: Math.max(worst.schemaDepth, cost.schemaDepth),
      fields: Math.max(worst.fields, cost.fields),
      aliases: Math.max(worst.aliases, cost.aliases),
    };
  }
  return { ...worst, reads, circular: fragments.circular };
}

class Fragments {
  circular = false;
  readonly #definitions = new Map<string, FragmentDefinitionNode>();
  /** Each is measured once, and `measuring` while it is. */
  readonly #costs = new Map<string, Cost | 'measuring'>();

  constructor(document: DocumentNode) {
    for (const definition of document.definitions) if (definition.kind === 'FragmentDefinition') this.#definitions.set(definition.name.value, definition);
  }

  costOf(set: SelectionSetNode): Cost {
    let { depth, schemaDepth, fields, aliases } = nothing;
    for (const selection of set.selections) {
      const cost = this.#costOfSelection(selection);
      depth = Math.max(depth, cost.depth);
      schemaDepth = Math.max(schemaDepth, cost.schemaDepth);
      fields += cost.fields;
      aliases += cost.aliases;
    }
    return { depth, schemaDepth, fields, aliases };
  }

  #costOfSelection(selection: SelectionNode): Cost {
    if (selection.kind === 'InlineFragment') return this.costOf(selection.selectionSet);
    if (selection.kind === 'FragmentSpread') return this.#costOfFragment(selection.name.value);
    const inner = selection.selectionSet ? this.costOf(selection.selectionSet) : nothing;
    const name = selection.name.value;
    const fields = inner.fields + 1;
    const aliases = inner.aliases + (selection.alias ? 1 : 0);
    if (name === '__schema' || name === '__type') return { depth: 1, schemaDepth: Math.max(inner.depth, inner.schemaDepth) + 1, fields, aliases };
    return { depth: inner.depth + 1, schemaDepth: inner.schemaDepth, fields, aliases };
  }

  #costOfFragment(name: string): Cost {
    const known = this.#costs.get(name);
    if (known === 'measuring') {
      this.circular = true;
      return nothing;
    }
    if (known) return known;
    const definition = this.#definitions.get(name);
    if (!definition) return nothing;
    this.#costs.set(name, 'measuring');
    const cost = this.costOf(definition.selectionSet);
    this.#costs.set(name, cost);
    return cost;
  }
}
