import type { ChoiceType, ConfigClass } from './config-class.js';
import { declarationsOf, type ChoicesDeclaration, type Declaration } from './declarations.js';
import { defaultsOf } from './needs-values.js';

/** The default of a property as a file would have it; undefined when there is none or it is a secret. */
export function defaultJson(declaration: Declaration, initial: unknown): unknown {
  if (initial === undefined || initial === null) return undefined;
  switch (declaration.kind) {
    case 'setting':
      return declaration.options.secret ? undefined : initial;
    case 'section':
      return sectionJson(declaration.type(), initial);
    case 'section-map':
      return Object.fromEntries(Object.entries(initial).map(([name, item]) => [name, sectionJson(declaration.type(), item)]));
    case 'section-list':
      return (initial as readonly unknown[]).map((item) => sectionJson(declaration.type(), item));
    case 'choices':
      return Array.isArray(initial) ? initial.map((item) => choiceJson(declaration, item)) : choiceJson(declaration, initial);
  }
}

/** The defaults of a class as a file would have them. `given` are those of the initialiser around it. */
export function sectionJson(type: ConfigClass, given?: unknown): Record<string, unknown> {
  const defaults = defaultsOf(type, given);
  const entries = declarationsOf(type).map((declaration) => [declaration.property, defaultJson(declaration, defaults[declaration.property])] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function choiceJson(declaration: ChoicesDeclaration, choice: unknown): unknown {
  const { name, options } = choice as { readonly name?: string; readonly options?: unknown };
  if (name === undefined) return choice;
  const choices: Readonly<Record<string, ChoiceType | undefined>> = declaration.choices();
  const type = choices[name];
  return { [name]: typeof type === 'function' ? sectionJson(type, options) : options };
}
