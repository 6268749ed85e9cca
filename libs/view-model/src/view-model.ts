import { PorticoError } from '@portico/core';
import type { Static, TSchema } from 'typebox';
import { openPlaces } from './closed-schema.js';
import { compileWriter, type Writer } from './compile-writer.js';
import type { SchemaNode } from './schema-node.js';

export interface ViewModelOptions {
  /** Largest JSON of one answer before compression, in bytes; no limit when absent. Tests hold answers to it. */
  readonly budgetBytes?: number;
}

/**
 * Exactly what one device class gets for one screen. Declared once, it is the TypeScript type, the OpenAPI schema
 * and the allow-list by which the answer is written: a field that it does not name cannot leave.
 */
export class ViewModel<S extends TSchema = TSchema> {
  /** Name of the OpenAPI component. */
  readonly name: string;
  readonly schema: S;
  readonly budgetBytes: number | undefined;
  #write: Writer | undefined;

  /** @throws Error that names every place where the schema would let unnamed fields through */
  constructor(name: string, schema: S, options: ViewModelOptions = {}) {
    const node = schema as unknown as SchemaNode;
    const faults = openPlaces(node);
    if (node.type !== 'object') faults.unshift('$: a view model is an object');
    if (faults.length > 0) throw new Error(`View model ${name} is no allow-list:\n  ${faults.join('\n  ')}`);
    this.name = name;
    this.schema = schema;
    this.budgetBytes = options.budgetBytes;
  }

  /** Compiles the serialiser: called at start, so that no request pays for it. */
  compile(): Writer {
    this.#write ??= compileWriter(this.schema as unknown as SchemaNode, this.name);
    return this.#write;
  }

  /**
   * Writes `value` as JSON, named fields only.
   * @throws PorticoError VIEW_MODEL_BYPASSED for what is no plain object, VIEW_MODEL_MISMATCH for a missing or unfit field
   */
  write(value: Static<S>): string {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || ArrayBuffer.isView(value)) {
      throw new PorticoError('VIEW_MODEL_BYPASSED', { cause: new Error(`${this.name} was given ${describe(value)}`) });
    }
    try {
      return (this.#write ?? this.compile())(value);
    } catch (cause) {
      throw new PorticoError('VIEW_MODEL_MISMATCH', { cause: new Error(`${this.name} could not be written`, { cause }) });
    }
  }
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return ArrayBuffer.isView(value) ? 'binary data' : `a ${typeof value}`;
}

/** Declares a view model. */
export function defineViewModel<S extends TSchema>(name: string, schema: S, options?: ViewModelOptions): ViewModel<S> {
  return new ViewModel(name, schema, options);
}

/** What a view model's answers hold. */
export type ViewOf<V extends ViewModel> = Static<V['schema']>;
