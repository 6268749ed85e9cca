import { getMetadataStorage } from 'class-validator';
import { validationMetadatasToSchemas } from 'class-validator-jsonschema';

type InputClass = abstract new (...args: never[]) => object;

/** OpenAPI schemas of every input class of the application by class name, read from its class-validator decorators: nothing is declared twice. */
export function inputSchemas(): Record<string, object> {
  return validationMetadatasToSchemas({
    classValidatorMetadataStorage: getMetadataStorage(),
    refPointerPrefix: '#/components/schemas/',
  }) as Record<string, object>;
}

/** The schema of one input class; undefined when it declares nothing. */
export function inputSchemaOf(input: unknown, schemas: Readonly<Record<string, object>>): { properties: Record<string, object>; required: string[] } | undefined {
  const schema = typeof input === 'function' ? (schemas[(input as InputClass).name] as { properties?: Record<string, object>; required?: string[] } | undefined) : undefined;
  return schema && { properties: schema.properties ?? {}, required: schema.required ?? [] };
}
