import { PorticoError } from '@portico/core';
import type { FastifyInstance } from 'fastify';
import { isDeeperThan } from './json-depth.js';

/** Deepest nesting of a body: what parses, converts, validates and writes it works recursively. */
const deepest = 32;

/**
 * Makes JSON the one format of a body, read by one parser: refused are more than 32 levels (REQUEST_INVALID, before it is parsed),
 * and members that would be taken for a prototype (REQUEST_MALFORMED).
 */
export function takeJson(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (isDeeperThan(deepest, body)) done(new PorticoError('REQUEST_INVALID', { faults: [{ path: 'body', message: `is nested more than ${deepest} levels deep` }] }));
    else void parse(request, body, done);
  });
}
