import { getFromContainer, getMetadataStorage, ValidationTypes, type ValidationArguments } from 'class-validator';

type InputClass = new () => object;
type Fields = Record<string, unknown>;

interface Rule {
  readonly each: boolean;
  readonly constraints: unknown[];
  readonly validate: (value: unknown, args: ValidationArguments) => unknown;
}

interface Field {
  readonly name: string;
  /** Conditions under which the rules count, as `@IsOptional()` sets them. */
  readonly conditions: readonly ((object: object, value: unknown) => boolean)[];
  readonly rules: readonly Rule[];
}

/** True only for an input that class-validator would accept; false says nothing. */
export type QuickCheck = (input: object) => boolean;

type Metadata = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];

/**
 * Compiles the class-validator rules of a class into a check that says yes cheaply; class-validator itself is asked only when it does not.
 * The library looks its rules up and groups them anew for every object, which costs more than all the rules.
 * Undefined for a class with rules that take more than a call: nested objects, promises, groups.
 */
export function compileQuickCheck(input: InputClass): QuickCheck | undefined {
  const byName = new Map<string, Metadata[]>();
  for (const metadata of getMetadataStorage().getTargetValidationMetadatas(input, '', false, false)) {
    byName.set(metadata.propertyName, [...(byName.get(metadata.propertyName) ?? []), metadata]);
  }
  const fields: Field[] = [];
  for (const [name, metadatas] of byName) {
    const field = compileField(name, metadatas);
    if (!field) return undefined;
    fields.push(field);
  }
  const known = new Set(byName.keys());
  return (object) => {
    for (const name in object) if (!known.has(name)) return false;
    for (const field of fields) if (!passes(field, object, input.name)) return false;
    return true;
  };
}

function compileField(name: string, metadatas: readonly Metadata[]): Field | undefined {
  const conditions: Field['conditions'][number][] = [];
  const rules: Rule[] = [];
  for (const { type, groups, each, constraints, constraintCls } of metadatas) {
    if (groups?.length) return undefined;
    if (type === ValidationTypes.CONDITIONAL_VALIDATION) conditions.push(constraints[0] as Field['conditions'][number]);
    else if (type === ValidationTypes.CUSTOM_VALIDATION) {
      for (const { async, target } of getMetadataStorage().getTargetValidatorConstraints(constraintCls)) {
        if (async) return undefined;
        const validator = getFromContainer(target as new () => { validate: Rule['validate'] });
        rules.push({ each, constraints: constraints as unknown[], validate: (value, args) => validator.validate(value, args) });
      }
    } else if (type !== ValidationTypes.WHITELIST) return undefined;
  }
  return { name, conditions, rules };
}

function passes({ name, conditions, rules }: Field, object: object, targetName: string): boolean {
  const value = (object as Fields)[name];
  for (const condition of conditions) if (!condition(object, value)) return true;
  for (const { each, constraints, validate } of rules) {
    const args: ValidationArguments = { targetName, property: name, object, value, constraints };
    if (!each) {
      if (validate(value, args) !== true) return false;
    } else if (!Array.isArray(value) || !value.every((item) => validate(item, args) === true)) return false;
  }
  return true;
}
