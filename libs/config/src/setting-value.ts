import { isRecord } from './copy-value.js';
import type { SettingDeclaration } from './declarations.js';
import type { SettingType } from './setting.decorator.js';

/** What is wrong with one value; `index` is its place in a list. */
export interface ValueFault {
  readonly index?: number;
  /** Follows the quoted value: `is not a number`. */
  readonly message: string;
}

export type ParsedValue = { readonly value: unknown } | { readonly faults: readonly (ValueFault & { readonly text: string })[] };

const number = /^[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const booleans = new Map([['true', true], ['1', true], ['false', false], ['0', false]]);

/**
 * The type of a setting: as declared, as emitted by the compiler, or as its default shows. Compilers that see one file at a
 * time emit `Object` for a type alias, hence the third.
 *
 * @throws TypeError when none of them tells
 */
export function settingType({ property, options, emitted }: SettingDeclaration, initial: unknown): SettingType {
  if (options.type) return options.type;
  if (emitted === String || typeof initial === 'string') return 'string';
  if (emitted === Number || typeof initial === 'number') return 'number';
  if (emitted === Boolean || typeof initial === 'boolean') return 'boolean';
  if (Array.isArray(initial) && typeof initial[0] === 'number') return 'number[]';
  if (emitted === Array || Array.isArray(initial)) return 'string[]';
  throw new TypeError(`The type of the setting ${property} is not known: declare it by @Setting({ type })`);
}

/** Reads the text of an environment variable. Strict: nothing is guessed. */
export function parseValue(type: SettingType, text: string): ParsedValue {
  switch (type) {
    case 'string':
      return { value: text };
    case 'number':
      return number.test(text) && Number.isFinite(Number(text)) ? { value: Number(text) } : { faults: [{ text, message: 'is not a number' }] };
    case 'boolean':
      return booleans.has(text) ? { value: booleans.get(text) } : { faults: [{ text, message: 'is none of true, false, 1, 0' }] };
    case 'string[]':
      return { value: items(text) };
    case 'number[]':
      return parseNumbers(items(text));
    case 'string{}':
    case 'string[]{}':
      return { faults: [{ text, message: 'is not read: a map can only be given in code or in a file' }] };
  }
}

/** What is wrong with a value given in code; undefined when it has the type. */
export function typeFault(type: SettingType, value: unknown): string | undefined {
  switch (type) {
    case 'string':
    case 'boolean':
      return typeof value === type ? undefined : `must be a ${type}`;
    case 'number':
      return typeof value === 'number' && !Number.isNaN(value) ? undefined : 'must be a number';
    case 'string[]':
    case 'number[]': {
      const element = type.slice(0, -2);
      return Array.isArray(value) && value.every((item) => typeof item === element) ? undefined : `must be a list of ${element}s`;
    }
    case 'string{}':
    case 'string[]{}': {
      const [inner, text] = type === 'string{}' ? (['string', 'a map of strings'] as const) : (['string[]', 'a map of lists of strings'] as const);
      return isRecord(value) && Object.values(value).every((item) => typeFault(inner, item) === undefined) ? undefined : `must be ${text}`;
    }
  }
}

function items(text: string): string[] {
  return text.split(',').map((item) => item.trim()).filter((item) => item !== '');
}

function parseNumbers(texts: readonly string[]): ParsedValue {
  const faults = texts.flatMap((text, index) => (number.test(text) ? [] : [{ text, index, message: 'is not a number' }]));
  return faults.length > 0 ? { faults } : { value: texts.map(Number) };
}
