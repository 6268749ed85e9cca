import type { SettingType } from '../setting.decorator.js';
import { wholePlaceholder } from '../file/expand-placeholders.js';
import type { Keywords } from './constraint-keywords.js';

/** What constrains a value: the value itself, and each item when it is a list or a map. */
export interface ValueKeywords {
  readonly own: Keywords;
  readonly each: Keywords;
}

const placeholder: Keywords = { type: 'string', pattern: wholePlaceholder };
const somePlaceholder: Keywords = { type: 'string', pattern: '\\$\\{' };
const fileOfSecret: Keywords = { type: 'object', properties: { file: { type: 'string' } }, required: ['file'], additionalProperties: false };
const anyName: Keywords = { propertyNames: { not: { const: '__proto__' } } };

/** The values that a file may give a setting: those of its type, and placeholders of the environment. */
export function settingSchema(type: SettingType, { own, each }: ValueKeywords, secret = false): Keywords {
  switch (type) {
    case 'string': {
      const text = { type: 'string', ...own };
      const alternatives = [text, ...(Object.keys(own).length > 0 ? [somePlaceholder] : []), ...(secret ? [fileOfSecret] : [])];
      return alternatives.length === 1 ? text : { anyOf: alternatives };
    }
    case 'number':
    case 'boolean':
      return { anyOf: [{ type, ...own }, placeholder] };
    case 'string[]':
      return { anyOf: [{ type: 'array', items: settingSchema('string', { own: each, each: {} }), ...own }, placeholder] };
    case 'number[]':
      return { anyOf: [{ type: 'array', items: settingSchema('number', { own: each, each: {} }), ...own }, placeholder] };
    case 'string{}':
      return { type: 'object', additionalProperties: settingSchema('string', { own: each, each: {} }), ...anyName, ...own };
    case 'string[]{}':
      return { type: 'object', additionalProperties: settingSchema('string[]', { own: {}, each }), ...anyName, ...own };
  }
}

/** A word of a list of words, which a placeholder may stand for. */
export const wordSchema = (words: readonly string[]): Keywords => ({ anyOf: [{ type: 'string', enum: [...words] }, placeholder] });
