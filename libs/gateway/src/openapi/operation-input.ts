import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import type { Operation } from '../operations/operation.js';
import { inputSchemaOf } from './input-schema.js';

interface Input {
  readonly parameters: object[];
  readonly requestBody?: object;
}

/** Parameters and body of an operation, from the classes that its arguments are declared with. */
export function inputOf(operation: Operation, schemas: Readonly<Record<string, object>>): Input {
  const args = (Reflect.getMetadata(ROUTE_ARGS_METADATA, operation.controller, operation.methodName) ?? {}) as Record<string, { index: number }>;
  const types = (Reflect.getMetadata('design:paramtypes', operation.controller.prototype as object, operation.methodName) ?? []) as unknown[];
  const parameters: object[] = [];
  let requestBody: object | undefined;
  for (const [key, { index }] of Object.entries(args)) {
    const kind = Number(key.split(':', 1)[0]);
    const input = types[index];
    const schema = inputSchemaOf(input, schemas);
    if (!schema) continue;
    if (kind === RouteParamtypes.BODY) {
      requestBody = { required: true, content: { 'application/json': { schema: { $ref: `#/components/schemas/${(input as { name: string }).name}` } } } };
    } else if (kind === RouteParamtypes.QUERY || kind === RouteParamtypes.PARAM) {
      const place = kind === RouteParamtypes.QUERY ? 'query' : 'path';
      for (const [name, property] of Object.entries(schema.properties)) {
        parameters.push({ name, in: place, required: place === 'path' || schema.required.includes(name), schema: property, ...(place === 'query' && { style: 'form', explode: false }) });
      }
    }
  }
  return requestBody ? { parameters, requestBody } : { parameters };
}
