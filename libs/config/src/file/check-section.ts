import type { ConfigClass } from '../config-class.js';
import type { Declaration } from '../declarations.js';
import { isRequired } from '../needs-values.js';
import { violationsOf } from '../violations.js';
import { memberPath, type FileNode } from './file-node.js';
import type { FileReading, Spot } from './file-reading.js';

/** A property that has been read. */
export interface ReadMember {
  readonly declaration: Declaration;
  /** What the last file says about it. */
  readonly node: FileNode | undefined;
  readonly spot: Spot;
  /** Whether it already has faults: they explain what else is wrong with it. */
  readonly broken: boolean;
}

/** Checks the properties of a section against their decorators. */
export function checkSection(type: ConfigClass, instance: Record<string, unknown>, members: readonly ReadMember[], reading: FileReading): void {
  const violations = violationsOf(type, instance);
  for (const { declaration, node, spot, broken } of members) {
    const { property } = declaration;
    if (broken) continue;
    const value = instance[property];
    if (value === undefined || value === null) {
      // What a section misses has been said of its own settings.
      if (declaration.kind !== 'section' && isRequired(type, declaration, value)) reading.fault(spot, 'is required');
      continue;
    }
    for (const violation of violations) {
      if (violation.property !== property) continue;
      const at = violation.members.reduce<{ path: string; node: FileNode | undefined }>(
        (above, member) => ({ path: memberPath(above.path, member), node: memberOf(above.node, member) }),
        { path: spot.path, node },
      );
      const secret = declaration.kind === 'setting' && declaration.options.secret === true;
      reading.fault({ path: at.path, place: at.node?.place ?? spot.place }, secret ? `does not satisfy ${violation.constraint}` : violation.message);
    }
  }
}

function memberOf(node: FileNode | undefined, member: string | number): FileNode | undefined {
  if (typeof member === 'number') return node?.kind === 'list' ? node.items[member] : undefined;
  return node?.kind === 'map' ? node.entries.get(member) : undefined;
}
