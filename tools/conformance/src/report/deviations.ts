import type { Aspect } from '../run/mismatch.js';

/** What may be otherwise than a case expects, by the id of the case. */
export type Deviations = ReadonlyMap<string, readonly Aspect[]>;

const aspects: readonly string[] = ['startup', 'status', 'body', 'headers', 'call', 'calls', 'registry', 'elapsed'] satisfies Aspect[];

/**
 * Reads the deviations from the documentation: the rows of its tables whose first cell is the id of a case. Their third cell begins with what is otherwise, in code type:
 * `body`, or several of them with commas between.
 * @throws Error that names the row which does not say so
 */
export function readDeviations(page: string): Deviations {
  const rows = page.split('\n').map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()));
  return new Map(
    rows.flatMap(([before, cell = '', , answer = '']): [string, Aspect[]][] => {
      const [, id] = /^`(oc\.[a-z]+\.p\d+)`$/.exec(cell) ?? [];
      if (before !== '' || id === undefined) return [];
      const [named = ''] = /^(?:`[a-z]+`(?:, )?)+/.exec(answer) ?? [];
      const listed = [...named.matchAll(/`([a-z]+)`/g)].map(([, aspect]) => aspect as string);
      const strange = listed.filter((aspect) => !aspects.includes(aspect));
      if (listed.length === 0 || strange.length > 0) throw new Error(`The row of ${id} does not say what is otherwise: one of ${aspects.join(', ')}`);
      return [[id, listed as Aspect[]]];
    }),
  );
}
