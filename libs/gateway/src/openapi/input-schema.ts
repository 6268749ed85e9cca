import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, ValidationTypes } from 'class-validator';
import { rulesByName } from './validation-rules.js';

/** A class that an argument of an operation is declared with. */
export type InputClass = abstract new (...args: never[]) => object;

/** What a class of inputs looks like to OpenAPI. */
export interface InputSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, object>>;
  readonly required: readonly string[];
  readonly additionalProperties: false;
}

const byDeclaredType = new Map<unknown, object>([
  [String, { type: 'string' }],
  [Number, { type: 'number' }],
  [Boolean, { type: 'boolean' }],
  [Array, { type: 'array', items: {} }],
]);

const rulesOf = (input: InputClass) => getMetadataStorage().getTargetValidationMetadatas(input, '', false, false);

/** Whether `type` is a class with class-validator rules. */
export function isInputClass(type: unknown): type is InputClass {
  return typeof type === 'function' && rulesOf(type as InputClass).length > 0;
}

/**
 * The OpenAPI schema of an input class, read from its class-validator decorators: nothing is declared twice.
 * Classes nested in it by `@Type()` of class-transformer are referred to by `referTo`.
 */
export function inputSchema(input: InputClass, referTo: (nested: InputClass) => object): InputSchema {
  const properties: Record<string, Record<string, unknown>> = {};
  const optional = new Set<string>();
  for (const { propertyName, type, name, constraints, each } of rulesOf(input)) {
    const schema = (properties[propertyName] ??= { ...byDeclaredType.get(Reflect.getMetadata('design:type', input.prototype as object, propertyName)) });
    if (type === ValidationTypes.CONDITIONAL_VALIDATION) optional.add(propertyName);
    const nested = type === ValidationTypes.NESTED_VALIDATION ? nestedIn(input, propertyName, schema.type === 'array') : undefined;
    const rule = nested ? referTo(nested) : rulesByName[name ?? '']?.(...((constraints ?? []) as never[]));
    if (!rule) continue;
    if (each || (nested && schema.type === 'array')) schema.items = { ...(schema.items as object), ...rule };
    else Object.assign(schema, rule);
  }
  // A field with an initialiser has a default: it may be left out.
  const defaults = new (input as unknown as new () => Record<string, unknown>)();
  for (const [name, schema] of Object.entries(properties)) if (defaults[name] !== undefined) schema.default = defaults[name];
  const required = Object.keys(properties).filter((name) => !optional.has(name) && defaults[name] === undefined);
  return { type: 'object', properties, required, additionalProperties: false };
}

/** The class that `@Type()` gives a property: asked by transforming a probe, since class-transformer's index does not tell. */
function nestedIn(input: InputClass, property: string, list: boolean): InputClass | undefined {
  const made = plainToInstance(input as unknown as new () => Record<string, unknown>, { [property]: list ? [{}] : {} });
  const value = list ? (made[property] as unknown[])[0] : made[property];
  const type = (value as object | undefined)?.constructor as InputClass | undefined;
  return type && isInputClass(type) ? type : undefined;
}
