import { measureQuery, type QueryMeasure } from './query-measure.js';

type Graphql = typeof import('graphql');

/** The measure of a query, or what is wrong with its syntax. */
export type Measured = { readonly measure: QueryMeasure } | { readonly fault: string };

const maxTokens = 10_000;
const maxEntries = 500;
/** Longer texts are measured each time: what is kept stays below 8 MB. */
const maxKeptLength = 16_384;

/** Parses and measures queries, and remembers those that came last. The parser is loaded when the first one comes. */
export class MeasuredQueries {
  #graphql: Graphql | undefined;
  readonly #measured = new Map<string, Measured>();

  async measure(text: string): Promise<Measured> {
    const known = this.#measured.get(text);
    if (known) {
      // A map keeps the order in which keys came: what is used moves to its end.
      this.#measured.delete(text);
      this.#measured.set(text, known);
      return known;
    }
    this.#graphql ??= await import('graphql');
    const measured = measure(this.#graphql, text);
    if (text.length <= maxKeptLength) {
      this.#measured.set(text, measured);
      if (this.#measured.size > maxEntries) this.#measured.delete(this.#measured.keys().next().value as string);
    }
    return measured;
  }
}

function measure({ parse }: Graphql, text: string): Measured {
  try {
    return { measure: measureQuery(parse(text, { noLocation: true, maxTokens })) };
  } catch (error) {
    // Whoever nests deep enough exhausts the stack of any parser.
    return { fault: error instanceof RangeError ? 'is nested too deep' : (error as Error).message };
  }
}
