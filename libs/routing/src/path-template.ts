import { isPlaceholder, parseTemplate, type TemplatePiece } from './text-template.js';

/** One segment of a path template. `rest` takes any number of segments, also none, and stands only at the end. */
export type TemplateSegment =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'glued'; readonly pieces: readonly TemplatePiece[] }
  | { readonly kind: 'placeholder'; readonly name: string }
  | { readonly kind: 'rest'; readonly prefix: string; readonly name: string };

/** A path template, taken apart. */
export interface PathTemplate {
  readonly text: string;
  /** `/a/` has the segments `a` and an empty one. */
  readonly segments: readonly TemplateSegment[];
  /** Names of its placeholders, in order. */
  readonly names: readonly string[];
}

/**
 * Reads a path template: `/orders/{id}`, `/v{ver}/items`, `/files/{path*}`.
 * @throws TypeError that says what is wrong with it
 */
export function parsePathTemplate(text: string): PathTemplate {
  if (!text.startsWith('/')) throw new TypeError('must begin with "/"');
  if (text.includes('//')) throw new TypeError('must not contain "//"');
  if (/[?#\s]/.test(text)) throw new TypeError('must be a path without query, fragment and blanks');
  const parts = text.slice(1).split('/');
  const segments = parts.map((part, index) => segmentOf(part, index === parts.length - 1));
  const names = segments.flatMap(namesOf);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new TypeError(`names the placeholder {${twice}} twice`);
  return { text, segments, names };
}

function segmentOf(part: string, last: boolean): TemplateSegment {
  const pieces = parseTemplate(part);
  const rest = pieces.find((piece) => isPlaceholder(piece) && piece.name.endsWith('*'));
  if (rest !== undefined && isPlaceholder(rest)) {
    if (!last || rest !== pieces.at(-1)) throw new TypeError(`{${rest.name}} may only stand at the end`);
    if (pieces.length > 2) throw new TypeError(`{${rest.name}} may follow plain text only`);
    const [first] = pieces;
    return { kind: 'rest', prefix: first && !isPlaceholder(first) ? first.literal : '', name: rest.name.slice(0, -1) };
  }
  if (pieces.length > 1) return { kind: 'glued', pieces };
  const [only] = pieces;
  return only && isPlaceholder(only) ? { kind: 'placeholder', name: only.name } : { kind: 'literal', text: part };
}

function namesOf(segment: TemplateSegment): string[] {
  if (segment.kind === 'literal') return [];
  return segment.kind === 'glued' ? segment.pieces.filter(isPlaceholder).map(({ name }) => name) : [segment.name];
}
