import type { ConfigClass } from './config-class.js';
import { declare } from './declarations.js';

export interface SectionOptions {
  /** One sentence for the generated documentation. */
  readonly description: string;
  /**
   * Whether the property stays undefined where nothing is said about it. Such a section, when its class has no initialiser for it,
   * can only come from a file. Default: false, which builds it from its defaults.
   */
  readonly optional?: boolean;
}

export interface SectionMapOptions {
  /** One sentence for the generated documentation. */
  readonly description: string;
  /**
   * The names allowed; each of them then exists with its defaults. Without it any name of letters, digits and dashes may
   * come from the initialiser, an override or the environment, where `PRICE_TICKS` stands for `price-ticks`; in a file a name
   * begins with a letter or `_` and may also have `_` and dots.
   */
  readonly keys?: readonly string[];
  /** Whether a name that two files define is a fault; else their values are merged. Default: false. */
  readonly unique?: boolean;
}

/** Declares a property as a nested section. An initialiser is only needed for defaults that differ from the class's own. */
export function Section(type: () => ConfigClass, { description, optional = false }: SectionOptions): PropertyDecorator {
  return (prototype, property) => {
    declare(prototype, { kind: 'section', property: String(property), description, type, optional });
  };
}

/** Declares a property as sections by name: `services.<name>.timeoutMs`. */
export function SectionMap(type: () => ConfigClass, { description, keys, unique = false }: SectionMapOptions): PropertyDecorator {
  return (prototype, property) => {
    declare(prototype, { kind: 'section-map', property: String(property), description, type, keys, unique });
  };
}

/** Declares a property as sections in a row: `parts[0].timeoutMs`. Only for files; without an initialiser it is empty, or undefined when optional. */
export function SectionList(type: () => ConfigClass, { description, optional = false }: SectionOptions): PropertyDecorator {
  return (prototype, property) => {
    declare(prototype, { kind: 'section-list', property: String(property), description, type, optional });
  };
}
