import type { ConfigClass } from './config-class.js';
import { declare } from './declarations.js';

export interface SectionOptions {
  /** One sentence for the generated documentation. */
  readonly description: string;
}

export interface SectionMapOptions extends SectionOptions {
  /**
   * The names allowed; each of them then exists with its defaults. Without it any name of letters, digits and dashes may
   * come from the initialiser, an override or the environment, where `PRICE_TICKS` stands for `price-ticks`.
   */
  readonly keys?: readonly string[];
}

/** Declares a property as a nested section. An initialiser is only needed for defaults that differ from the class's own. */
export function Section(type: () => ConfigClass, options: SectionOptions): PropertyDecorator {
  return (prototype, property) => {
    declare(prototype, { kind: 'section', property: String(property), description: options.description, type });
  };
}

/** Declares a property as sections by name: `services.<name>.timeoutMs`. */
export function SectionMap(type: () => ConfigClass, options: SectionMapOptions): PropertyDecorator {
  return (prototype, property) => {
    declare(prototype, { kind: 'section-map', property: String(property), description: options.description, type, keys: options.keys });
  };
}
