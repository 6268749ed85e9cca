import type { SchemaNode } from './schema-node.js';
import { writeText } from './write-text.js';

/** Writes a value as JSON. Throws `UnfitValue` for one that its schema does not allow. */
export type Writer = (value: unknown) => string;

/** A value that its view model does not allow. */
export class UnfitValue extends TypeError {
  constructor(path: string, wanted: string, value: unknown) {
    super(`${path} must be ${wanted} and is ${value === null ? 'null' : Array.isArray(value) ? 'an array' : typeof value}`);
    this.name = 'UnfitValue';
  }
}

/**
 * Compiles a schema into a function that writes exactly what the schema names: unnamed fields are never looked at.
 * Unlike a general serialiser it coerces nothing: a value of another type is an error that names its place.
 *
 * @param path name of the whole, with which the places in errors begin
 */
export function compileWriter(schema: SchemaNode, path: string): Writer {
  const write = writerOf(schema, path);
  return schema.nullable ? (value) => (value === null ? 'null' : write(value)) : write;
}

function writerOf(schema: SchemaNode, path: string): Writer {
  if (schema.anyOf) return anyOf(schema.anyOf, path);
  if (schema.const !== undefined || schema.enum) return oneOf(schema.enum ?? [schema.const], path);
  switch (schema.type) {
    case 'object':
      return objectWriter(schema, path);
    case 'array':
      return arrayWriter(compileWriter(schema.items as SchemaNode, `${path}[]`), path);
    case 'string':
      return (value) => (typeof value === 'string' ? writeText(value) : unfit(path, 'a string', value));
    case 'integer':
      return (value) => (Number.isInteger(value) ? String(value) : unfit(path, 'a whole number', value));
    case 'number':
      return (value) => (Number.isFinite(value) ? String(value) : unfit(path, 'a finite number', value));
    case 'boolean':
      return (value) => (typeof value === 'boolean' ? String(value) : unfit(path, 'true or false', value));
    default:
      return (value) => (value === null ? 'null' : unfit(path, 'null', value));
  }
}

function objectWriter({ properties = {}, required = [] }: SchemaNode, path: string): Writer {
  const fields = Object.entries(properties).map(([name, child]) => ({
    name,
    label: `${writeText(name)}:`,
    write: compileWriter(child, `${path}.${name}`),
    required: required.includes(name),
  }));
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return unfit(path, 'an object', value);
    let text = '{';
    for (const field of fields) {
      const child = (value as Record<string, unknown>)[field.name];
      if (child === undefined && !field.required) continue;
      if (text !== '{') text += ',';
      text += field.label + field.write(child);
    }
    return `${text}}`;
  };
}

function arrayWriter(write: Writer, path: string): Writer {
  return (value) => {
    if (!Array.isArray(value)) return unfit(path, 'an array', value);
    let text = '[';
    for (let index = 0; index < value.length; index++) text += (index === 0 ? '' : ',') + write(value[index]);
    return `${text}]`;
  };
}

function anyOf(branches: readonly SchemaNode[], path: string): Writer {
  const writers = branches.map((branch) => compileWriter(branch, path));
  return (value) => {
    for (const write of writers) {
      try {
        return write(value);
      } catch (error) {
        if (!(error instanceof UnfitValue)) throw error;
      }
    }
    return unfit(path, 'one of its declared kinds', value);
  };
}

function oneOf(allowed: readonly unknown[], path: string): Writer {
  const texts = new Map(allowed.map((value) => [value, JSON.stringify(value)]));
  return (value) => texts.get(value) ?? unfit(path, `one of ${[...texts.values()].join(', ')}`, value);
}

function unfit(path: string, wanted: string, value: unknown): never {
  throw new UnfitValue(path, wanted, value);
}
