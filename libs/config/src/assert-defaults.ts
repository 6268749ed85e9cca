import { sectionsOf, type SectionNode } from './config-tree.js';
import { violationsOf } from './violations.js';

/**
 * Makes sure that what a configuration class declares satisfies its own constraints. A start does not look at that again: it is no different from one to the next.
 * @throws TypeError naming every default that does not
 */
export function assertDefaults(root: SectionNode): void {
  const wrong = [...sectionsOf(root)].flatMap(({ type, instance, segments }) =>
    violationsOf(type, instance)
      .filter(({ property }) => instance[property] !== undefined && instance[property] !== null)
      .map(({ property, message }) => `${[...segments, property].join('.')} ${message}`),
  );
  if (wrong.length > 0) throw new TypeError(`Defaults that their own constraints refuse:\n  ${wrong.join('\n  ')}`);
}
