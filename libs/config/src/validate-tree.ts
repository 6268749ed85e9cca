import { validateSync, type ValidationError } from 'class-validator';
import { sectionsOf, type SectionNode, type Slot } from './config-tree.js';
import type { ConfigurationFault } from './configuration-error.js';
import { constraintsOf, isOptional } from './constraints.js';

/** Checks every setting of the tree against its decorators. `sources` names the variables that values came from. */
export function validateTree(root: SectionNode, sources: ReadonlyMap<string, string>): ConfigurationFault[] {
  return [...sectionsOf(root)].flatMap((section) => validateSection(section, sources));
}

function validateSection(section: SectionNode, sources: ReadonlyMap<string, string>): ConfigurationFault[] {
  const errors = new Map(violations(section.instance).map((error) => [error.property, error]));
  return [...section.slots.values()].flatMap((slot) => {
    const property = slot.declaration.property;
    const value = section.instance[property];
    if (value === undefined || value === null) {
      return isOptional(section.type, property) ? [] : [{ path: slot.path, message: `is required; set ${slot.env}` }];
    }
    const error = errors.get(property);
    const source = sources.get(slot.path);
    const origin = source === undefined ? '' : ` (from ${source})`;
    return Object.entries(error?.constraints ?? {}).flatMap(([name, text]) =>
      placesOf(slot, name, value).map((place) => ({ path: slot.path + place, message: message(slot, name, text) + origin })),
    );
  });
}

/** Where in the value the constraint `name` fails: `['']` for the value itself, else the items of a list. */
function placesOf(slot: Slot, name: string, value: unknown): string[] {
  const { property } = slot.declaration;
  const forEach = constraintsOf(slot.section.type, property).some((constraint) => constraint.each && constraint.name === name);
  if (!forEach || !Array.isArray(value)) return [''];
  const places = value.flatMap((item: unknown, index) => {
    const probe = Object.assign(Object.create(slot.section.type.prototype) as object, slot.section.instance, { [property]: [item] });
    return violations(probe).some((error) => error.property === property && error.constraints?.[name] !== undefined) ? [`[${index}]`] : [];
  });
  return places.length > 0 ? places : [''];
}

function message(slot: Slot, name: string, text: string): string {
  const { property, options } = slot.declaration;
  // A message of its own may quote the value.
  if (options.secret) return `does not satisfy ${name}`;
  for (const start of [`each value in ${property} `, `${property} `]) if (text.startsWith(start)) return text.slice(start.length);
  return text;
}

function violations(instance: object): ValidationError[] {
  return validateSync(instance, { forbidUnknownValues: false, validationError: { target: false, value: false } });
}
