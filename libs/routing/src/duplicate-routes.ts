import type { CompiledRoute } from './compiled-route.js';
import type { TemplateSegment } from './path-template.js';

/** Pairs of routes that take the same requests, so that the second one is never reached: the first one, and the one in its shadow. */
export function duplicateRoutes<T>(routes: readonly CompiledRoute<T>[]): [first: T, second: T][] {
  const seen = new Map<string, CompiledRoute<T>[]>();
  const pairs: [T, T][] = [];
  for (const route of routes) {
    const key = JSON.stringify(keyOf(route));
    const alike = seen.get(key) ?? [];
    const first = alike.find((other) => overlap(other.conditions.methods, route.conditions.methods));
    if (first) pairs.push([first.entry, route.entry]);
    seen.set(key, [...alike, route]);
  }
  return pairs;
}

function keyOf({ conditions, template }: CompiledRoute<unknown>): unknown {
  const { host, headers, query, caseSensitive, priority } = conditions;
  const fold = (text: string): string => (caseSensitive ? text : text.toLowerCase());
  return [template.segments.map((segment) => shapeOf(segment, fold)), host.toLowerCase(), entries(headers), entries(query), priority];
}

/** A segment without the names of its placeholders: those change nothing about what it takes. */
function shapeOf(segment: TemplateSegment, fold: (text: string) => string): string {
  if (segment.kind === 'literal') return `=${fold(segment.text)}`;
  if (segment.kind === 'glued') return `~${segment.pieces.map((piece) => ('literal' in piece ? fold(piece.literal) : '{}')).join('')}`;
  return segment.kind === 'rest' ? `*${fold(segment.prefix)}` : '{}';
}

function entries(record: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}

function overlap(a: readonly string[], b: readonly string[]): boolean {
  return a.length === 0 || b.length === 0 || a.some((method) => b.includes(method));
}
