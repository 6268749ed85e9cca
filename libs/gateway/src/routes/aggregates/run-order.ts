import type { PartDefinition } from './aggregate-definition.js';

type Waiting = Pick<PartDefinition, 'name' | 'after'>;

/**
 * Parts in an order in which each stands after those it waits for; otherwise as they were given.
 * @throws TypeError when parts wait for each other
 */
export function runOrder<P extends Waiting>(parts: readonly P[]): P[] {
  const ordered: P[] = [];
  const entered = new Set<string>();
  const enter = (part: P, way: readonly string[]): void => {
    if (way.includes(part.name)) throw new TypeError(`the parts ${[...way.slice(way.indexOf(part.name)), part.name].join(', ')} wait for each other`);
    if (entered.has(part.name)) return;
    for (const name of part.after) {
      const before = parts.find((one) => one.name === name);
      if (before) enter(before, [...way, part.name]);
    }
    entered.add(part.name);
    ordered.push(part);
  };
  for (const part of parts) enter(part, []);
  return ordered;
}
