import type { ChoiceType, ConfigClass } from '../config-class.js';
import { constraintsOf, constraintText, isConditional } from '../constraints.js';
import { declarationsOf, type ChoicesDeclaration, type Declaration, type SectionMapDeclaration, type SettingDeclaration } from '../declarations.js';
import { defaultJson, sectionJson } from '../default-json.js';
import { entryNamePattern } from '../file/entry-name.js';
import { defaultsOf, isRequired, needsValues } from '../needs-values.js';
import { settingType } from '../setting-value.js';
import { constraintKeywords, type Keywords } from './constraint-keywords.js';
import { settingSchema, wordSchema, type ValueKeywords } from './setting-schema.js';

/** A JSON Schema, to be written as JSON. */
export type JsonSchema = Readonly<Record<string, unknown>>;

export interface JsonSchemaOptions {
  /** Title for people. */
  readonly title: string;
  /** `$id`: an absolute URI, which need not lead anywhere. */
  readonly id: string;
}

/**
 * The JSON Schema of the files that `loadConfigFile` reads into `type`, from the same decorators. It is of draft-07, which the YAML and JSON
 * modes of editors know whole; 2020-12 would say nothing more here. What no keyword can say (custom constraints) stands in descriptions. It
 * describes a complete file: one that leaves required settings to another of several files does not satisfy it.
 */
export function describeJsonSchema(type: ConfigClass, { title, id }: JsonSchemaOptions): JsonSchema {
  const definitions = new Definitions();
  const { properties, ...rest } = definitions.object(type);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: id,
    title,
    ...rest,
    properties: { $schema: { type: 'string' }, ...(properties as object) },
    definitions: definitions.all,
  };
}

class Definitions {
  readonly all: Record<string, Keywords> = {};
  readonly #names = new Map<ConfigClass, string>();

  /** The schema of a class. `given` are the defaults around it. */
  object(type: ConfigClass, given?: unknown): Keywords {
    const defaults = defaultsOf(type, given);
    const declarations = declarationsOf(type);
    const required = declarations.filter((declaration) => isRequired(type, declaration, defaults[declaration.property])).map(({ property }) => property);
    return {
      type: 'object',
      properties: Object.fromEntries(declarations.map((declaration) => [declaration.property, this.#member(type, declaration, defaults[declaration.property])])),
      ...(required.length > 0 && { required }),
      additionalProperties: false,
    };
  }

  // A class is written once, unless the initialiser around it changes its defaults.
  #section(type: ConfigClass, given?: unknown): Keywords {
    if (given !== undefined && JSON.stringify(sectionJson(type, given)) !== JSON.stringify(sectionJson(type))) return this.object(type, given);
    return { $ref: `#/definitions/${this.#names.get(type) ?? this.#define(type)}` };
  }

  #define(type: ConfigClass): string {
    const base = type.name === '' ? 'Section' : type.name;
    let name = base;
    for (let number = 2; Object.hasOwn(this.all, name); number++) name = `${base}${number}`;
    this.#names.set(type, name);
    this.all[name] = {};
    this.all[name] = this.object(type);
    return name;
  }

  #member(type: ConfigClass, declaration: Declaration, initial: unknown): Keywords {
    const { keywords, unsaid } = constraintsFor(type, declaration.property);
    switch (declaration.kind) {
      case 'setting':
        return this.#setting(declaration, initial, keywords, unsaid);
      case 'section':
        // Draft-07 ignores what stands beside `$ref`.
        return { description: declaration.description, allOf: [this.#section(declaration.type(), initial)] };
      case 'section-map':
        return { description: declaration.description, ...this.#map(declaration, initial) };
      case 'section-list':
        return { description: declaration.description, type: 'array', items: this.#section(declaration.type()), ...keywords.own, ...defaultOf(declaration, initial) };
      case 'choices': {
        const choice = this.#choice(declaration);
        return { description: declaration.description, ...(declaration.list ? { type: 'array', items: choice, ...keywords.own } : choice), ...defaultOf(declaration, initial) };
      }
    }
  }

  #setting(declaration: SettingDeclaration, initial: unknown, keywords: ValueKeywords, unsaid: readonly string[]): Keywords {
    const { description, unit, secret } = declaration.options;
    const sentences = [description.replace(/\.$/, ''), ...(unit === undefined ? [] : [`Unit: ${unit}`]), ...(unsaid.length > 0 ? [`Must be: ${unsaid.join('; ')}`] : [])];
    return { description: `${sentences.join('. ')}.`, ...settingSchema(settingType(declaration, initial), keywords, secret), ...defaultOf(declaration, initial) };
  }

  #map({ type, keys }: SectionMapDeclaration, initial: unknown): Keywords {
    const given = new Map(Object.entries((initial as Record<string, unknown> | undefined) ?? {}));
    const names = [...new Set([...given.keys(), ...(keys ?? [])])];
    const required = names.filter((name) => needsValues(type(), given.get(name)));
    return {
      type: 'object',
      ...(names.length > 0 && { properties: Object.fromEntries(names.map((name) => [name, this.#section(type(), given.get(name))])) }),
      ...(required.length > 0 && { required }),
      ...(keys ? { additionalProperties: false } : { propertyNames: { pattern: entryNamePattern }, additionalProperties: this.#section(type()) }),
    };
  }

  #choice({ choices, marker }: ChoicesDeclaration): Keywords {
    const entries = Object.entries(choices());
    const bare = [...(marker === undefined ? [] : [marker]), ...entries.filter(([, type]) => typeof type === 'function' && !needsValues(type)).map(([name]) => name)];
    const chosen = {
      type: 'object',
      properties: Object.fromEntries(entries.map(([name, type]) => [name, this.#options(type)])),
      additionalProperties: false,
      minProperties: 1,
      maxProperties: 1,
    };
    return bare.length === 0 ? chosen : { anyOf: [wordSchema(bare), chosen] };
  }

  #options(type: ChoiceType): Keywords {
    return typeof type === 'string' ? settingSchema(type, { own: {}, each: {} }) : this.#section(type);
  }
}

function constraintsFor(type: ConfigClass, property: string): { readonly keywords: ValueKeywords; readonly unsaid: readonly string[] } {
  const own: Record<string, unknown> = {};
  const each: Record<string, unknown> = {};
  const unsaid: string[] = [];
  const conditional = isConditional(type, property);
  for (const constraint of constraintsOf(type, property)) {
    const said = conditional ? undefined : constraintKeywords(constraint);
    if (said) Object.assign(constraint.each ? each : own, said);
    else unsaid.push(...[constraintText(constraint) ?? []].flat());
  }
  return { keywords: { own, each }, unsaid };
}

function defaultOf(declaration: Declaration, initial: unknown): Keywords {
  const value = defaultJson(declaration, initial);
  return value === undefined ? {} : { default: value };
}
