import { addEntry, type MapNode, type SectionNode } from './config-tree.js';
import type { ConfigurationFault } from './configuration-error.js';
import { copyValue } from './copy-value.js';
import { declarationsOf } from './declarations.js';
import { nearestName } from './nearest-name.js';
import { typeFault } from './setting-value.js';

/** What `applyOverrides` reports to. */
export interface OverrideReport {
  readonly prefix: string;
  readonly faults: ConfigurationFault[];
  /** Paths of the settings that were given in code: the environment leaves them alone. */
  readonly overridden: Set<string>;
}

/** Puts values given in code into the tree. Unknown names and wrong types are faults. */
export function applyOverrides(node: SectionNode, overrides: unknown, report: OverrideReport): void {
  for (const [property, value] of entriesOf(node.segments, overrides, report)) {
    const path = [...node.segments, property].join('.');
    const slot = node.slots.get(property);
    const child = node.children.get(property);
    if (slot) {
      const fault = typeFault(slot.type, value);
      if (fault) report.faults.push({ path, message: fault });
      else node.instance[property] = copyValue(value);
      report.overridden.add(path);
    } else if (child?.kind === 'section') applyOverrides(child, value, report);
    else if (child) applyToMap(child, value, report);
    else if (declarationsOf(node.type).some((declaration) => declaration.property === property)) report.faults.push({ path, message: 'can only be given in a file' });
    else report.faults.push({ path, message: `is not a setting${suggestion(property, [...node.slots.keys(), ...node.children.keys()])}` });
  }
}

function applyToMap(map: MapNode, overrides: unknown, report: OverrideReport): void {
  for (const [key, value] of entriesOf(map.segments, overrides, report)) {
    const entry = addEntry(map, key, report.prefix);
    if (entry) applyOverrides(entry, value, report);
    else report.faults.push({ path: [...map.segments, key].join('.'), message: `is not a name that can stand here${suggestion(key, map.declaration.keys ?? [])}` });
  }
}

function entriesOf(segments: readonly string[], value: unknown, report: OverrideReport): [string, unknown][] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return Object.entries(value).filter(([, item]) => item !== undefined);
  }
  report.faults.push({ path: segments.join('.') || '(root)', message: 'must be an object' });
  return [];
}

function suggestion(name: string, candidates: Iterable<string>): string {
  const nearest = nearestName(name, candidates);
  return nearest === undefined ? '' : `; did you mean ${nearest}?`;
}
