import type { CaseResult } from '../run/case-result.js';

/** The line of a case that is not met. */
export function lineOf({ id, title, outcome, why }: CaseResult): string {
  return `${outcome === 'failed' ? 'FAILED  ' : 'deviates'}  ${id}  ${title}\n          ${why}`;
}

/** The end of a report; its last line is `N passed, N failed`. */
export function summary(results: readonly CaseResult[]): string {
  const count = (outcome: CaseResult['outcome']): number => results.filter((result) => result.outcome === outcome).length;
  const deviating = count('deviates');
  const before = deviating > 0 ? `${deviating} ${deviating === 1 ? 'deviates' : 'deviate'} as docs/ocelot.md says\n` : '';
  return `${before}${count('met')} passed, ${count('failed')} failed`;
}
