import { HTTP_CODE_METADATA, METHOD_METADATA } from '@nestjs/common/constants.js';
import { RequestMethod } from '@nestjs/common';
import type { ViewModel } from '@portico/view-model';
import type { Operation } from '../operations/operation.js';
import type { SchemaComponents } from './schema-components.js';

/** Schema of a problem answer (RFC 9457). */
export const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'action'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    detail: { type: 'string' },
    action: { type: 'string' },
    correlationId: { type: 'string' },
    faults: { type: 'array', items: { type: 'object', required: ['path', 'message'], properties: { path: { type: 'string' }, message: { type: 'string' } } } },
  },
};

const degraded = {
  description: 'Parts that the answer lacks or has from elsewhere: a list of tokens, each with the parameter `reason` (RFC 9651), as `reviews;reason=timeout`',
  schema: { type: 'string' },
};
/** Every other answer of an operation. */
export const problem = { description: 'Problem (RFC 9457)', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } };

/** The answers of an operation: what its view model declares, and problems. */
export function answersOf(operation: Operation, components: SchemaComponents): Record<string, object> {
  const method = Reflect.getMetadata(METHOD_METADATA, operation.handler) as RequestMethod;
  const status = (Reflect.getMetadata(HTTP_CODE_METADATA, operation.handler) as number | undefined) ?? (method === RequestMethod.POST ? 201 : 200);
  return { [status]: success(operation, components), default: problem };
}

function success({ noContent, rows, view }: Operation, components: SchemaComponents): object {
  if (noContent) return { description: 'Done' };
  const model = (view ?? rows) as ViewModel;
  const schema = components.view(model);
  if (rows) return { description: 'One JSON object a line, or CSV', content: { 'application/x-ndjson': { schema }, 'text/csv': { schema: { type: 'string' } } } };
  return { description: model.name, headers: { 'Portico-Degraded': degraded }, content: { 'application/json': { schema } } };
}
