import type { FastifyBaseLogger, FastifyInstance, FastifyTypeProvider } from 'fastify';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Static, TSchema } from 'typebox';

/** Derives the types of a route's input from its TypeBox schemas. */
export interface SchemaTypes extends FastifyTypeProvider {
  validator: this['schema'] extends TSchema ? Static<this['schema']> : unknown;
  serializer: unknown;
}

/** A Fastify instance whose handlers know their input's types from the schemas. */
export type ServiceApp = FastifyInstance<Server, IncomingMessage, ServerResponse, FastifyBaseLogger, SchemaTypes>;
