import { sectionsOf, type SectionNode } from './config-tree.js';
import type { ConfigurationFault } from './configuration-error.js';
import { isOptional } from './constraints.js';
import { violationsOf } from './violations.js';

/** Checks every setting of the tree against its decorators. `sources` names the variables that values came from. */
export function validateTree(root: SectionNode, sources: ReadonlyMap<string, string>): ConfigurationFault[] {
  return [...sectionsOf(root)].flatMap((section) => validateSection(section, sources));
}

function validateSection(section: SectionNode, sources: ReadonlyMap<string, string>): ConfigurationFault[] {
  const violations = violationsOf(section.type, section.instance);
  return [...section.slots.values()].flatMap((slot) => {
    const { property, options } = slot.declaration;
    const value = section.instance[property];
    if (value === undefined || value === null) {
      return isOptional(section.type, property) ? [] : [{ path: slot.path, message: `is required; set ${slot.env}` }];
    }
    const source = sources.get(slot.path);
    const origin = source === undefined ? '' : ` (from ${source})`;
    return violations
      .filter((violation) => violation.property === property)
      .map(({ members, constraint, message }) => ({
        path: slot.path + members.map((member) => `[${member}]`).join(''),
        // A message of its own may quote the value.
        message: (options.secret ? `does not satisfy ${constraint}` : message) + origin,
      }));
  });
}
