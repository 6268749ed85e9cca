import { PorticoError } from '@portico/core';
import type { GatewayReply, GatewayRequest } from '../accept/gateway-request.js';
import { problemOf, problemType } from './problem.js';
import { dropUnwritable } from './unwritable-headers.js';

/** Fields that describe the body which is not sent: on a problem they would describe the wrong one (RFC 9110 8). */
const representation = ['content-encoding', 'content-language', 'content-location', 'content-disposition', 'etag', 'last-modified', 'accept-ranges'];

/**
 * Settles with what error a request is answered: the on-error policies may replace it.
 * A policy that fails itself makes it INTERNAL; nothing is thrown from here.
 */
export function settleFailure({ gatewayContext: context, binding }: GatewayRequest, error: PorticoError): PorticoError {
  if (!context) return error;
  try {
    context.failure = binding.pipeline.onError(context, error);
  } catch (cause) {
    context.failure = new PorticoError('INTERNAL', { cause: new AggregateError([cause, error], 'An on-error policy failed') });
  }
  return context.failure;
}

/** Sends the problem answer of an error; an answer that has begun is broken off instead, so that nobody takes it for a whole one. */
export function sendProblem(reply: GatewayReply, error: PorticoError): void {
  if (reply.sent || reply.raw.headersSent) return void reply.raw.destroy();
  const { gatewayContext: context } = reply.request;
  for (const name of representation) if (reply.hasHeader(name)) reply.removeHeader(name);
  dropUnwritable(reply, context);
  void reply
    .code(error.status)
    .headers({ 'content-type': problemType, 'cache-control': 'no-store', ...error.headers })
    .send(problemOf(error, context));
}
