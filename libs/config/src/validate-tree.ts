import { sectionsOf, type SectionNode } from './config-tree.js';
import type { ConfigurationFault } from './configuration-error.js';
import { isOptional } from './constraints.js';
import { violationsOf } from './violations.js';

/** What of a configuration was given, and what is as its class declares it. */
export interface GivenSettings {
  /** Sections that the class itself has: entries of maps may have come in addition. */
  readonly declared: ReadonlySet<SectionNode>;
  /** The variables that values came from, by the path of the setting. */
  readonly sources: ReadonlyMap<string, string>;
  /** Paths of the settings that were given in code. */
  readonly overridden: ReadonlySet<string>;
}

/**
 * Checks that nothing is missing, and every section of which something was given against its decorators. Sections as they are declared are looked at where they are described
 * (`assertDefaults`): with them, a tenth of a gateway's start would go into this.
 */
export function validateTree(root: SectionNode, given: GivenSettings): ConfigurationFault[] {
  return [...sectionsOf(root)].flatMap((section) => validateSection(section, given));
}

function validateSection(section: SectionNode, { declared, sources, overridden }: GivenSettings): ConfigurationFault[] {
  const given = !declared.has(section) || [...section.slots.values()].some(({ path }) => sources.has(path) || overridden.has(path));
  const violations = given ? violationsOf(section.type, section.instance) : [];
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
