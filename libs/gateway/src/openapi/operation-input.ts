import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { handlerArguments, type HandlerArgument } from '../operations/handler-arguments.js';
import type { Operation } from '../operations/operation.js';
import { isInputClass } from './input-schema.js';
import type { SchemaComponents } from './schema-components.js';

interface Input {
  readonly parameters: object[];
  readonly requestBody?: object;
}

const places = new Map<number, 'query' | 'path'>([
  [RouteParamtypes.QUERY, 'query'],
  [RouteParamtypes.PARAM, 'path'],
]);

/** Types of arguments that are no class of inputs. */
export const primitive: ReadonlyMap<unknown, string> = new Map<unknown, string>([
  [Number, 'number'],
  [Boolean, 'boolean'],
]);

/** Parameters and body of an operation, from the classes that its arguments are declared with. */
export function inputOf(operation: Operation, components: SchemaComponents): Input {
  const args = handlerArguments(operation);
  const body = args.find(({ kind, type }) => kind === RouteParamtypes.BODY && isInputClass(type));
  const parameters = args.flatMap((argument) => parametersOf(argument, components));
  if (!body) return { parameters };
  return { parameters, requestBody: { required: true, content: { 'application/json': { schema: components.input(body.type as never) } } } };
}

function parametersOf({ kind, field, type }: HandlerArgument, components: SchemaComponents): object[] {
  const place = places.get(kind);
  if (!place) return [];
  if (typeof field === 'string') return [parameter(place, field, { type: primitive.get(type) ?? 'string' }, false)];
  if (!isInputClass(type)) return [];
  const { properties, required } = components.describe(type);
  return Object.entries(properties).map(([name, schema]) => parameter(place, name, schema, required.includes(name)));
}

/** A list in a query is written with commas. */
function parameter(place: 'query' | 'path', name: string, schema: object, required: boolean): object {
  return { name, in: place, required: place === 'path' || required, schema, ...(place === 'query' && { style: 'form', explode: false }) };
}
