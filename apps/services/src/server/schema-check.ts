import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';

/** One sentence for every way in which a value breaks its schema. */
export function listFaults(check: ReturnType<typeof Compile>, value: unknown): string[] {
  const faults = new Set<string>();
  for (const { keyword, instancePath, message, params } of check.Errors(value)) {
    const path = instancePath.slice(1).replaceAll('/', '.');
    const extra = (params as { additionalProperties?: string[] }).additionalProperties;
    if (extra) for (const name of extra) faults.add(`${path === '' ? name : `${path}.${name}`} is unknown`);
    // "false" schemas repeat what additionalProperties has already told.
    else if (keyword !== 'boolean') faults.add(`${path === '' ? 'value' : path} ${message}`);
  }
  return [...faults];
}

/**
 * Checks route input with TypeBox. Text from the URL is converted to the schema's types; a JSON body is taken as it is.
 * Defaults are filled in for both.
 */
export const compileRouteCheck: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const check = Compile(schema);
  const textual = httpPart !== 'body';
  return (data: unknown) => {
    const value = check.Default(textual ? check.Convert(data) : data);
    return check.Check(value) ? { value } : { error: new Error(listFaults(check, value).map((fault) => `${httpPart ?? 'input'}: ${fault}`).join('; ')) };
  };
};
