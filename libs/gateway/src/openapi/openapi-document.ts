import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { BoundHub } from '../operations/bound-hub.js';
import type { BoundOperation } from '../operations/bound-operation.js';
import type { Operation } from '../operations/operation.js';
import { summaryKey } from '../operations/summary.decorator.js';
import { hubOperation, hubViews, negotiationSchema, type HubViews } from './hub-operation.js';
import { inputOf } from './operation-input.js';
import { answersOf, problemSchema } from './operation-answers.js';
import { securityOf, type SecurityRequirement } from './operation-security.js';
import { SchemaComponents } from './schema-components.js';
import { securitySchemes, type SchemeName } from './security-schemes.js';

type OperationObject = NonNullable<OpenAPIObject['paths'][string]['get']>;

const methods = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options'] as const;

/**
 * The OpenAPI 3.0 document of a gateway as JSON text. Paths come from Nest's Swagger module; inputs from the class-validator
 * decorators, answers from the view models, security from the declared access and the pipeline: each is declared once, where it is enforced.
 * @param operations all of them, once they are bound; as are the hubs
 */
export function openApiDocument(name: string, app: INestApplication, operations: readonly BoundOperation[], hubs: readonly BoundHub[]): string {
  const description = 'Errors are problem+json (RFC 9457). An answer that lacks a part says so in the header Portico-Degraded.';
  const base = new DocumentBuilder().setTitle(name).setDescription(description).setVersion('1').build();
  const document = SwaggerModule.createDocument(app, base, { operationIdFactory: (controller, method) => `${controller}.${method}` });
  const byName = new Map(operations.map((bound) => [bound.operation.name, bound]));
  const components = new SchemaComponents({ Problem: problemSchema, ...(hubs.length > 0 && { HubNegotiation: negotiationSchema }) });
  const targets = Object.values(document.paths).flatMap((path) => methods.map((method) => path[method] as OperationObject | undefined));
  const pairs = targets.flatMap((target) => {
    const bound = byName.get(target?.operationId ?? '');
    return target && bound ? [{ target, bound }] : [];
  });
  // Answers first: view models keep their names, whatever an input is called.
  for (const { target, bound } of pairs) target.responses = answersOf(bound.operation, components) as never;
  const views = hubs.map(({ declared }) => hubViews(declared, components));
  const schemes = new Set<SchemeName>();
  const note = (security: readonly SecurityRequirement[]): void => security.forEach((requirement) => Object.keys(requirement).forEach((scheme) => schemes.add(scheme as SchemeName)));
  for (const { target, bound } of pairs) {
    const security = securityOf(bound.binding);
    note(security);
    Object.assign(target, describe(bound.operation, components), { security });
  }
  hubs.forEach((hub, index) => {
    const post = hubOperation(hub, views[index] as HubViews, components);
    note(post.security);
    document.paths[hub.binding.endpoint.path] = { post } as never;
  });
  document.components = { ...document.components, schemas: components.schemas as never, securitySchemes: securitySchemes(app, schemes) };
  return JSON.stringify(document);
}

function describe(operation: Operation, components: SchemaComponents): object {
  return {
    summary: operation.declared<string>(summaryKey) ?? operation.name,
    tags: [operation.controller.name.replace(/Controller$/, '')],
    ...inputOf(operation, components),
  };
}
