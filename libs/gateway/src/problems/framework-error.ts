import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemOf, problemType } from './problem.js';
import { toPorticoError } from './to-portico-error.js';

/** Answers what Fastify's router refuses before any hook runs: a path that cannot be decoded, a parameter that is too long. */
export function answerFrameworkError(thrown: Error, _request: FastifyRequest, reply: FastifyReply): void {
  const error = toPorticoError(thrown);
  void reply.code(error.status).headers({ 'content-type': problemType, 'cache-control': 'no-store' }).send(problemOf(error, undefined));
}
