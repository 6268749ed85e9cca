import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { declaredAccess } from '@portico/auth';
import { GatewayConfig } from '../gateway.config.js';
import type { Operation } from '../operations/operation.js';
import { summaryKey } from '../operations/summary.decorator.js';
import { inputOf } from './operation-input.js';
import { answersOf, problemSchema } from './operation-answers.js';
import { SchemaComponents } from './schema-components.js';

type OperationObject = NonNullable<OpenAPIObject['paths'][string]['get']>;

const methods = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options'] as const;

/**
 * The OpenAPI 3.0 document of a gateway as JSON text. Paths come from Nest's Swagger module; inputs from the class-validator
 * decorators, answers from the view models, security from the declared scopes: each is declared once, where it is enforced.
 */
export function openApiDocument(name: string, app: INestApplication, operations: readonly Operation[]): string {
  const description = 'Errors are problem+json (RFC 9457). An answer that lacks a part says so in the header Portico-Degraded.';
  const { issuer } = app.get(GatewayConfig).auth;
  const base = new DocumentBuilder()
    .setTitle(name)
    .setDescription(description)
    .setVersion('1')
    .addSecurity('bearer', { type: 'openIdConnect', openIdConnectUrl: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration` })
    .build();
  const document = SwaggerModule.createDocument(app, base, { operationIdFactory: (controller, method) => `${controller}.${method}` });
  const byName = new Map(operations.map((operation) => [operation.name, operation]));
  const components = new SchemaComponents({ Problem: problemSchema });
  const targets = Object.values(document.paths).flatMap((path) => methods.map((method) => path[method] as OperationObject | undefined));
  const pairs = targets.flatMap((target) => {
    const operation = byName.get(target?.operationId ?? '');
    return target && operation ? [{ target, operation }] : [];
  });
  // Answers first: view models keep their names, whatever an input is called.
  for (const { target, operation } of pairs) target.responses = answersOf(operation, components) as never;
  for (const { target, operation } of pairs) Object.assign(target, describe(operation, components));
  document.components = { ...document.components, schemas: components.schemas as never };
  return JSON.stringify(document);
}

function describe(operation: Operation, components: SchemaComponents): object {
  const access = declaredAccess(operation.endpoint('', ''));
  return {
    summary: operation.declared<string>(summaryKey) ?? operation.name,
    tags: [operation.controller.name.replace(/Controller$/, '')],
    ...inputOf(operation, components),
    security: access?.public ? [] : [{ bearer: [...(access?.public === false ? access.scopes : [])] }],
  };
}
