import type { ChoiceType, ConfigClass } from './config-class.js';
import type { SettingOptions } from './setting.decorator.js';

/** A single value. */
export interface SettingDeclaration {
  readonly kind: 'setting';
  readonly property: string;
  readonly options: SettingOptions;
  /** What the compiler emitted as the property's type; undefined when it emitted nothing. */
  readonly emitted: unknown;
}

/** A nested class. */
export interface SectionDeclaration {
  readonly kind: 'section';
  readonly property: string;
  readonly description: string;
  readonly type: () => ConfigClass;
  /** Whether it stays undefined where nothing is said about it. */
  readonly optional: boolean;
}

/** Nested classes by name. */
export interface SectionMapDeclaration {
  readonly kind: 'section-map';
  readonly property: string;
  readonly description: string;
  readonly type: () => ConfigClass;
  /** The only names allowed, each of which exists; undefined for any name. */
  readonly keys: readonly string[] | undefined;
  /** Whether two files may not say something about the same name. */
  readonly unique: boolean;
}

/** Nested classes in a row. */
export interface SectionListDeclaration {
  readonly kind: 'section-list';
  readonly property: string;
  readonly description: string;
  readonly type: () => ConfigClass;
  readonly optional: boolean;
}

/** One of several classes, or a row of them, each chosen by its name. */
export interface ChoicesDeclaration {
  readonly kind: 'choices';
  readonly property: string;
  readonly description: string;
  readonly choices: () => Readonly<Record<string, ChoiceType>>;
  readonly list: boolean;
  readonly marker: string | undefined;
  readonly optional: boolean;
}

export type Declaration = SettingDeclaration | SectionDeclaration | SectionMapDeclaration | SectionListDeclaration | ChoicesDeclaration;

const declared = new WeakMap<object, Map<string, Declaration>>();

/** Notes what a decorator says about a property of `prototype`. */
export function declare(prototype: object, declaration: Declaration): void {
  const own = declared.get(prototype) ?? new Map<string, Declaration>();
  declared.set(prototype, own.set(declaration.property, declaration));
}

/** What is declared on `type` and its bases, base class first; a subclass may declare a property anew. */
export function declarationsOf(type: ConfigClass): readonly Declaration[] {
  const chain: Map<string, Declaration>[] = [];
  for (let prototype: unknown = type.prototype; prototype; prototype = Object.getPrototypeOf(prototype)) {
    const own = declared.get(prototype as object);
    if (own) chain.unshift(own);
  }
  return [...new Map(chain.flatMap((own) => [...own])).values()];
}
