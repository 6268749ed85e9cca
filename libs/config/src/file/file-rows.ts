import type { ChoiceType, ConfigClass } from '../config-class.js';
import { constraintsOf, constraintText } from '../constraints.js';
import { declarationsOf, type ChoicesDeclaration, type Declaration } from '../declarations.js';
import { defaultJson, sectionJson } from '../default-json.js';
import { defaultsOf, isRequired } from '../needs-values.js';
import { settingType } from '../setting-value.js';

/** What documentation says about one place of a file. */
export interface FileRow {
  /** As `routes.<name>.inbound[].set-header.value`. */
  readonly path: string;
  readonly type: string;
  readonly unit: string | undefined;
  readonly required: boolean;
  /** As a file would have it; undefined for sections, which are made of what follows. */
  readonly initial: unknown;
  readonly constraints: readonly string[];
  readonly description: string;
  /** Path of the earlier place that is documented and has the same members. */
  readonly same: string | undefined;
}

/** Every place of a file, in the order of declaration. */
export function fileRows(type: ConfigClass): FileRow[] {
  return new Rows().of(type, '', undefined);
}

class Rows {
  // Paths of the sections and choices that are described, by what makes them the same.
  readonly #sections = new Map<ConfigClass, { readonly path: string; readonly defaults: string }[]>();
  readonly #choices: { readonly path: string; readonly choices: Readonly<Record<string, ChoiceType>> }[] = [];

  of(type: ConfigClass, path: string, given: unknown): FileRow[] {
    const defaults = defaultsOf(type, given);
    return declarationsOf(type).flatMap((declaration) => this.#member(type, declaration, path === '' ? declaration.property : `${path}.${declaration.property}`, defaults[declaration.property]));
  }

  #member(type: ConfigClass, declaration: Declaration, path: string, initial: unknown): FileRow[] {
    const texts = constraintsOf(type, declaration.property).flatMap((constraint) => constraintText(constraint) ?? []);
    const row = { path, unit: undefined, required: isRequired(type, declaration, initial), initial: undefined, constraints: texts, same: undefined };
    switch (declaration.kind) {
      case 'setting': {
        const { description, unit, secret } = declaration.options;
        const or = secret ? ' Secret; or { file: path }.' : '';
        return [{ ...row, type: settingType(declaration, initial), unit, initial: defaultJson(declaration, initial), description: description + or }];
      }
      case 'section':
        return this.#section({ ...row, type: declaration.optional ? 'section, optional' : 'section', description: declaration.description }, declaration.type(), path, initial);
      case 'section-map': {
        const names = declaration.keys ? ` Names: ${declaration.keys.join(', ')}.` : declaration.unique ? ' A name may stand in one file only.' : '';
        return this.#section({ ...row, type: 'sections by name', description: declaration.description + names }, declaration.type(), `${path}.<name>`, undefined);
      }
      case 'section-list':
        return this.#section({ ...row, type: 'list of sections', initial: defaultJson(declaration, initial), description: declaration.description }, declaration.type(), `${path}[]`, undefined);
      case 'choices':
        return this.#choose({ ...row, initial: defaultJson(declaration, initial), description: declaration.description, type: '' }, declaration);
    }
  }

  /** The row of a section at `inner`, and those of its members unless they have been described. */
  #section(row: FileRow, type: ConfigClass, inner: string, given: unknown): FileRow[] {
    const defaults = JSON.stringify(sectionJson(type, given));
    const described = this.#sections.get(type) ?? [];
    const same = described.find((other) => other.defaults === defaults);
    const first = { ...row, path: inner };
    if (declarationsOf(type).length === 0) return [first];
    if (same) return [{ ...first, same: same.path }];
    this.#sections.set(type, [...described, { path: inner, defaults }]);
    return [first, ...this.of(type, inner, given)];
  }

  #choose(row: FileRow, { choices, list, marker }: ChoicesDeclaration): FileRow[] {
    const all = choices();
    const names = [...(marker === undefined ? [] : [marker]), ...Object.keys(all)].join(', ');
    const path = list ? `${row.path}[]` : row.path;
    const first = { ...row, path, type: list ? `list, each one of ${names}` : `one of ${names}` };
    const same = this.#choices.find((other) => Object.keys(other.choices).join() === Object.keys(all).join() && Object.entries(all).every(([name, type]) => other.choices[name] === type));
    if (same) return [{ ...first, same: same.path }];
    this.#choices.push({ path, choices: all });
    return [first, ...Object.entries(all).flatMap(([name, type]) => this.#option(`${path}.${name}`, type))];
  }

  #option(path: string, type: ChoiceType): FileRow[] {
    const row = { path, type: 'section', unit: undefined, required: false, initial: undefined, constraints: [], description: '', same: undefined };
    return typeof type === 'string' ? [{ ...row, type }] : this.#section(row, type, path, undefined);
  }
}
