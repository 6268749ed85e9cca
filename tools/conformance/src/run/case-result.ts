import type { Deviations } from '../report/deviations.js';
import type { Vector } from '../vectors/vector.js';
import type { Mismatch } from './mismatch.js';

/** How a case ended. `deviates`: not as it expects, and in just the way that the documentation says. */
export interface CaseResult {
  readonly id: string;
  readonly title: string;
  readonly outcome: 'met' | 'deviates' | 'failed';
  /** Why it is not met; empty when it is. */
  readonly why: string;
}

/** Judges a case by what did not come as expected, and by what the documentation says of it. */
export function resultOf({ id, title }: Vector, mismatches: readonly Mismatch[], deviations: Deviations): CaseResult {
  const allowed = deviations.get(id);
  const why = [...new Set(mismatches.map(({ text }) => text))].join('; ');
  if (allowed === undefined) return { id, title, outcome: mismatches.length === 0 ? 'met' : 'failed', why };
  if (mismatches.length === 0) return { id, title, outcome: 'failed', why: 'is met, but docs/ocelot.md lists it as a deviation' };
  const beyond = mismatches.filter(({ aspect }) => !allowed.includes(aspect));
  if (beyond.length > 0) return { id, title, outcome: 'failed', why: `${why} (docs/ocelot.md allows a deviation in ${allowed.join(', ')})` };
  return { id, title, outcome: 'deviates', why };
}
