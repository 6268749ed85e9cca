import type { ConfigClass } from './config-class.js';
import { isOptional } from './constraints.js';
import { declarationsOf, type Declaration } from './declarations.js';

/** Whether something in `type` must be set: it has no default and is not optional. `given` are the defaults around it. */
export function needsValues(type: ConfigClass, given?: unknown): boolean {
  const instance = defaultsOf(type, given);
  return declarationsOf(type).some((declaration) => isRequired(type, declaration, instance[declaration.property]));
}

/** Whether a file must say something about a property. `initial` is its default. */
export function isRequired(type: ConfigClass, declaration: Declaration, initial: unknown): boolean {
  const absent = initial === undefined || initial === null;
  switch (declaration.kind) {
    case 'setting':
      return absent && !isOptional(type, declaration.property);
    case 'section':
      return !(declaration.optional && absent) && needsValues(declaration.type(), initial);
    case 'section-map':
      return (declaration.keys ?? []).some((key) => needsValues(declaration.type(), (initial as Record<string, unknown> | undefined)?.[key]));
    case 'section-list':
      return false;
    case 'choices':
      return absent && !declaration.list && !declaration.optional;
  }
}

/** The defaults of a class, those of the initialiser around it first. */
export function defaultsOf(type: ConfigClass, given?: unknown): Record<string, unknown> {
  const instance = new type() as Record<string, unknown>;
  for (const { property } of declarationsOf(type)) instance[property] = (given as Record<string, unknown> | undefined)?.[property] ?? instance[property];
  return instance;
}
