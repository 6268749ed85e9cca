import type { PorticoError, RequestContext } from '@portico/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Binding } from '../operations/binding.js';
import type { MatchedRequest } from '../routes/matched-request.js';

/** Fastify's request with what this gateway hangs on it in step 1 (accept). */
export interface GatewayRequest extends FastifyRequest {
  gatewayContext: RequestContext;
  binding: Binding;
  /** The configured route or aggregate that the request takes, or why it takes none; undefined where an operation was found. */
  routed: MatchedRequest | PorticoError | undefined;
  /** Whether what is sent now was written by the binding's writer. */
  sealed: boolean;
}

/** The reply that belongs to a `GatewayRequest`. */
export interface GatewayReply extends FastifyReply {
  request: GatewayRequest;
}
