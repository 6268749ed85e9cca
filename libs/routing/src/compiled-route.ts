import { decodePath, type Capture } from './captures.js';
import { CompiledConditions } from './compiled-conditions.js';
import { parsePathTemplate, type PathTemplate, type TemplateSegment } from './path-template.js';
import type { RouteConditions, RouteRequest } from './route-conditions.js';
import { TextPattern } from './text-pattern.js';

/** One route of a table: its conditions compiled, and what it stands for. */
export class CompiledRoute<T> {
  readonly entry: T;
  readonly conditions: RouteConditions;
  readonly template: PathTemplate;
  /** Place among the routes of its table: of those that fit, the one with the lowest is taken. */
  rank = 0;
  readonly #others: CompiledConditions;
  readonly #methods: ReadonlySet<string>;
  readonly #glued: readonly (TextPattern | undefined)[];

  /** @throws TypeError that says what is wrong with a template */
  constructor(conditions: RouteConditions, entry: T) {
    this.conditions = conditions;
    this.entry = entry;
    this.template = parsePathTemplate(conditions.path);
    this.#others = new CompiledConditions(conditions);
    this.#methods = new Set(conditions.methods);
    this.#glued = this.template.segments.map((segment) => (segment.kind === 'glued' ? new TextPattern(segment.pieces, conditions.caseSensitive) : undefined));
  }

  takesMethod(method: string): boolean {
    return this.#methods.size === 0 || this.#methods.has(method);
  }

  /** Which condition besides path and method fails first; undefined when all are met. */
  failure(request: RouteRequest): 'host' | 'header' | 'query' | undefined {
    return this.#others.failure(request);
  }

  /** Whether the segments of a path fit in their letters too: the trie compares literals without case, and glued segments not at all. */
  fits(segments: readonly string[]): boolean {
    const expected = this.template.segments;
    for (let index = 0; index < expected.length; index++) if (!this.#segmentFits(expected[index] as TemplateSegment, index, segments)) return false;
    return true;
  }

  /** What the placeholders catch of a request that fits. */
  capture(request: RouteRequest, segments: readonly string[]): Capture[] {
    const captures: Capture[] = [];
    const keep = (name: string, raw: string | undefined): void => void captures.push({ name, raw, value: decodePath(raw ?? ''), from: 'path' });
    const expected = this.template.segments;
    for (let index = 0; index < expected.length; index++) {
      const segment = expected[index] as TemplateSegment;
      if (segment.kind === 'literal') continue;
      if (segment.kind === 'glued') this.#glued[index]?.match(segments[index] as string, keep);
      else if (segment.kind === 'placeholder') keep(segment.name, segments[index]);
      else keep(segment.name, segments.length > index ? segments.slice(index).join('/').slice(segment.prefix.length) : undefined);
    }
    this.#others.capture(request, captures);
    return captures;
  }

  #segmentFits(segment: TemplateSegment, index: number, segments: readonly string[]): boolean {
    const text = segments[index];
    const { caseSensitive } = this.conditions;
    // Only a slash that may be missing leaves a template longer than the path, or a rest.
    if (text === undefined) return segment.kind === 'rest' ? segment.prefix === '' : segment.kind === 'literal' && segment.text === '';
    if (segment.kind === 'placeholder') return text !== '';
    if (segment.kind === 'glued') return this.#glued[index]?.match(text) === true;
    const literal = segment.kind === 'literal' ? segment.text : segment.prefix;
    const part = segment.kind === 'literal' ? text : text.slice(0, literal.length);
    return caseSensitive ? part === literal : part.toLowerCase() === literal.toLowerCase();
  }
}
