import type { FastifyHttpOptions } from 'fastify';
import type { Server } from 'node:http';

type SchemaController = NonNullable<FastifyHttpOptions<Server>['schemaController']>;

function refuse(): never {
  throw new Error('Fastify schemas are not used here: declare inputs with class-validator and answers with @View()');
}

/**
 * Stands in for Fastify's schema compilers. Fastify would load Ajv and its serialiser at start, an eighth of it, for schemas that a gateway
 * does not have: inputs are class-validator's, answers are written by their view models.
 */
export const noSchemaCompilers: SchemaController = {
  compilersFactory: { buildValidator: () => refuse, buildSerializer: () => refuse },
};
