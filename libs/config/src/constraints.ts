import { getMetadataStorage } from 'class-validator';
import type { ConfigClass } from './config-class.js';

/** One class-validator decorator of a property. */
export interface Constraint {
  readonly name: string;
  readonly each: boolean;
  readonly parameters: readonly unknown[];
}

const texts: Readonly<Record<string, (...parameters: never[]) => string>> = {
  isInt: () => 'whole number',
  isPositive: () => 'above 0',
  min: (least: number) => `at least ${least}`,
  max: (most: number) => `at most ${most}`,
  isIn: (values: readonly unknown[]) => `one of ${values.join(', ')}`,
  isEnum: (_entity: unknown, values: readonly unknown[]) => `one of ${values.join(', ')}`,
  isUrl: () => 'URL',
  isNotEmpty: () => 'not empty',
  matches: (pattern: RegExp) => `matches \`${String(pattern)}\``,
  isLength: (least: number, most?: number) => `at least ${least}${most === undefined ? '' : ` and at most ${most}`} characters`,
  minLength: (least: number) => `at least ${least} characters`,
  maxLength: (most: number) => `at most ${most} characters`,
  arrayNotEmpty: () => 'at least 1 item',
  arrayMinSize: (least: number) => `at least ${least} items`,
  arrayMaxSize: (most: number) => `at most ${most} items`,
  arrayUnique: () => 'no item twice',
};
const saidByType = new Set(['isString', 'isNumber', 'isBoolean', 'isArray']);

/** The class-validator decorators of a property, in the order in which they are written. */
export function constraintsOf(type: ConfigClass, property: string): readonly Constraint[] {
  // Decorators are applied from the last to the first.
  return metadataOf(type, property)
    .filter((item) => item.type === 'customValidation')
    .map((item) => ({ name: item.name ?? 'custom', each: item.each, parameters: (item.constraints as unknown[] | undefined) ?? [] }))
    .reverse();
}

/** Whether the property may be left without a value. */
export function isOptional(type: ConfigClass, property: string): boolean {
  return metadataOf(type, property).some((item) => item.name === 'isOptional');
}

/** Whether the constraints of a property hold under a condition only. */
export function isConditional(type: ConfigClass, property: string): boolean {
  return metadataOf(type, property).some((item) => item.type === 'conditionalValidation' && item.name !== 'isOptional');
}

/** The constraint in words for the documentation; undefined when the type says it already. */
export function constraintText({ name, each, parameters }: Constraint): string | undefined {
  if (saidByType.has(name)) return undefined;
  const known = Object.hasOwn(texts, name) ? texts[name] : undefined;
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return (each ? 'each ' : '') + (known ? known(...(parameters as never[])) : words);
}

function metadataOf(type: ConfigClass, property: string) {
  return getMetadataStorage().getTargetValidationMetadatas(type, '', true, false).filter((item) => item.propertyName === property);
}
