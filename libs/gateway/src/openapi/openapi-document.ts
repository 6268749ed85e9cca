import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { declaredAccess } from '@portico/auth';
import type { Operation } from '../operations/operation.js';
import { summaryKey } from '../operations/summary.decorator.js';
import { inputSchemas } from './input-schema.js';
import { inputOf } from './operation-input.js';
import { answersOf, problemSchema } from './operation-answers.js';

type OperationObject = NonNullable<OpenAPIObject['paths'][string]['get']>;

const methods = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options'] as const;

/**
 * The OpenAPI 3.0 document of a gateway as JSON text. Paths come from Nest's Swagger module; inputs from the class-validator
 * decorators, answers from the view models, security from the declared scopes: each is declared once, where it is enforced.
 */
export function openApiDocument(name: string, app: INestApplication, operations: readonly Operation[]): string {
  const description = 'Errors are problem+json (RFC 9457). An answer that lacks a part says so in the header Portico-Degraded.';
  const base = new DocumentBuilder().setTitle(name).setDescription(description).setVersion('1').addBearerAuth().build();
  const document = SwaggerModule.createDocument(app, base, { operationIdFactory: (controller, method) => `${controller}.${method}` });
  const byName = new Map(operations.map((operation) => [operation.name, operation]));
  const schemas = inputSchemas();
  const used: Record<string, object> = { Problem: problemSchema };
  for (const path of Object.values(document.paths)) {
    for (const method of methods) {
      const target = path[method] as OperationObject | undefined;
      const operation = byName.get(target?.operationId ?? '');
      if (!target || !operation) continue;
      Object.assign(target, describe(operation, schemas, used));
    }
  }
  // Only schemas that something refers to: the input schemas of the whole process would tell of classes that this gateway does not serve.
  document.components = { ...document.components, schemas: referenced(document, { ...schemas, ...used }) as never };
  return JSON.stringify(document);
}

function describe(operation: Operation, schemas: Record<string, object>, used: Record<string, object>): object {
  const access = declaredAccess(operation.endpoint('', ''));
  const view = operation.view ?? operation.rows;
  if (view) used[view.name] = view.schema;
  return {
    summary: operation.declared<string>(summaryKey) ?? operation.name,
    tags: [operation.controller.name.replace(/Controller$/, '')],
    ...inputOf(operation, schemas),
    responses: answersOf(operation),
    security: access?.public ? [] : [{ bearer: [...(access?.scopes ?? [])] }],
  };
}

/** The schemas that `document` refers to, those that they refer to included. */
function referenced(document: object, all: Readonly<Record<string, object>>): Record<string, object> {
  const found: Record<string, object> = {};
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      if (key !== '$ref') visit(value);
      else {
        const name = String(value).split('/').at(-1) as string;
        if (found[name] || !all[name]) continue;
        found[name] = all[name];
        visit(all[name]);
      }
    }
  };
  visit((document as OpenAPIObject).paths);
  return found;
}
