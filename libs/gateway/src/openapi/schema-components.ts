import type { ViewModel } from '@portico/view-model';
import { inputSchema, type InputClass, type InputSchema } from './input-schema.js';
import { toOpenApiSchema } from './openapi-schema.js';

/** The components of one document: only what its operations refer to, so that a process that serves several gateways mixes nothing up. */
export class SchemaComponents {
  readonly schemas: Record<string, object>;
  readonly #names = new Map<unknown, string>();

  /** @param first schemas by name that are there in any case */
  constructor(first: Readonly<Record<string, object>>) {
    this.schemas = { ...first };
  }

  /** Refers to a view model. Their names are unique in a gateway, and they are referred to before any input. */
  view(view: ViewModel): object {
    return this.#reference(view, view.name, () => toOpenApiSchema(JSON.parse(JSON.stringify(view.schema))) as object);
  }

  /** Refers to an input class. */
  input(input: InputClass): object {
    return this.#reference(input, input.name, () => this.describe(input));
  }

  /** The schema of an input class itself, for parameters; classes nested in it become components. */
  describe(input: InputClass): InputSchema {
    return inputSchema(input, (nested) => this.input(nested));
  }

  #reference(key: unknown, wanted: string, make: () => object): object {
    let name = this.#names.get(key);
    if (name === undefined) {
      name = wanted;
      for (let count = 2; this.schemas[name]; count++) name = `${wanted}${count}`;
      this.#names.set(key, name);
      // Taken before it is made: a class may refer to itself.
      this.schemas[name] = {};
      this.schemas[name] = closed(make());
    }
    return { $ref: `#/components/schemas/${name}` };
  }
}

/** OpenAPI 3.0 wants at least one name in `required`. */
function closed(schema: object): object {
  const { required, ...rest } = schema as { required?: readonly string[] };
  return required && required.length > 0 ? { ...rest, required } : rest;
}
