import type { CompiledRoute } from './compiled-route.js';
import type { TemplateSegment } from './path-template.js';

/** Routes by the segments of their templates: a path is compared with those alone that can fit it. */
export class RouteTrie<T> {
  readonly #literals = new Map<string, RouteTrie<T>>();
  #glued: RouteTrie<T> | undefined;
  #placeholder: RouteTrie<T> | undefined;
  /** Routes whose template ends here. */
  readonly #ends: CompiledRoute<T>[] = [];
  /** Routes that take whatever follows. */
  readonly #rests: CompiledRoute<T>[] = [];
  /** The lowest rank in and below this node. */
  #lowest = Infinity;

  add(route: CompiledRoute<T>): void {
    const { segments } = route.template;
    this.#add(route, segments, 0);
    if (route.conditions.trailingSlash !== 'optional') return;
    const last = segments.at(-1) as TemplateSegment;
    const bare = last.kind === 'literal' && last.text === '';
    if (last.kind === 'rest' || (bare && segments.length === 1)) return;
    this.#add(route, bare ? segments.slice(0, -1) : [...segments, { kind: 'literal', text: '' }], 0);
  }

  /**
   * Calls `consider` with every route that may fit the path, until it returns a rank: then only with those of a lower one.
   * @param folded segments of the path in lower case
   * @param best lowest rank found so far
   * @returns the lowest rank that `consider` returned
   */
  visit(folded: readonly string[], index: number, best: number, consider: (route: CompiledRoute<T>) => boolean): number {
    let lowest = best;
    if (this.#lowest >= lowest) return lowest;
    const segment = folded[index];
    const candidates = segment === undefined ? this.#ends : this.#rests;
    for (const route of candidates) if (route.rank < lowest && consider(route)) lowest = route.rank;
    if (segment === undefined) {
      for (const route of this.#rests) if (route.rank < lowest && consider(route)) lowest = route.rank;
      return lowest;
    }
    const literal = this.#literals.get(segment);
    if (literal) lowest = literal.visit(folded, index + 1, lowest, consider);
    if (this.#glued) lowest = this.#glued.visit(folded, index + 1, lowest, consider);
    if (this.#placeholder) lowest = this.#placeholder.visit(folded, index + 1, lowest, consider);
    return lowest;
  }

  #add(route: CompiledRoute<T>, segments: readonly TemplateSegment[], index: number): void {
    this.#lowest = Math.min(this.#lowest, route.rank);
    const segment = segments[index];
    if (segment === undefined) this.#ends.push(route);
    else if (segment.kind === 'rest') this.#rests.push(route);
    else this.#child(segment).#add(route, segments, index + 1);
  }

  #child(segment: Exclude<TemplateSegment, { kind: 'rest' }>): RouteTrie<T> {
    if (segment.kind === 'glued') return (this.#glued ??= new RouteTrie());
    if (segment.kind === 'placeholder') return (this.#placeholder ??= new RouteTrie());
    const key = segment.text.toLowerCase();
    const known = this.#literals.get(key);
    if (known) return known;
    const child = new RouteTrie<T>();
    this.#literals.set(key, child);
    return child;
  }
}
