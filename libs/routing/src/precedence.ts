import type { CompiledRoute } from './compiled-route.js';
import type { TemplateSegment } from './path-template.js';

const weights: Readonly<Record<TemplateSegment['kind'], number>> = { literal: 0, glued: 1, placeholder: 2, rest: 3 };

/**
 * Which of two routes is tried first: the higher priority, the one with a host, the more specific path (segment by segment from the left: literal, glued,
 * placeholder, rest), the one with more conditions, the one that names its methods. Otherwise 0: the order of the file decides.
 */
export function precedence(a: CompiledRoute<unknown>, b: CompiledRoute<unknown>): number {
  return (
    b.conditions.priority - a.conditions.priority ||
    Number(b.conditions.host !== '') - Number(a.conditions.host !== '') ||
    compareSegments(a.template.segments, b.template.segments) ||
    conditionsOf(b) - conditionsOf(a) ||
    Number(b.conditions.methods.length > 0) - Number(a.conditions.methods.length > 0)
  );
}

function compareSegments(a: readonly TemplateSegment[], b: readonly TemplateSegment[]): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const difference = weightOf(a[index] as TemplateSegment) - weightOf(b[index] as TemplateSegment);
    if (difference !== 0) return difference;
  }
  return b.length - a.length;
}

/** Of two glued segments or rests the one with more text is the more specific. */
function weightOf(segment: TemplateSegment): number {
  const text = segment.kind === 'glued' ? segment.pieces.reduce((sum, piece) => sum + ('literal' in piece ? piece.literal.length : 0), 0) : segment.kind === 'rest' ? segment.prefix.length : 0;
  return weights[segment.kind] - text / (text + 1);
}

function conditionsOf({ conditions }: CompiledRoute<unknown>): number {
  return Object.keys(conditions.headers).length + Object.keys(conditions.query).length;
}
