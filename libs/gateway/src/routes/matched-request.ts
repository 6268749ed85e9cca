import type { ForwardRequest, RequestContext } from '@portico/core';
import type { FastifyRequest } from 'fastify';
import type { Binding } from '../operations/binding.js';

/** A request that a configured route or aggregate takes. */
export abstract class MatchedRequest {
  abstract readonly binding: Binding;

  /** What is sent if no policy changes it: by a route to its service, by an aggregate to each of its parts. */
  abstract begin(context: RequestContext, request: FastifyRequest): ForwardRequest;
}
