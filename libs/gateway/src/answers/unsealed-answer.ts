import type { Endpoint, RequestContext } from '@portico/core';
import { PorticoError } from '@portico/core';
import type { GatewayReply, GatewayRequest } from '../accept/gateway-request.js';
import { problemOf, problemType } from '../problems/problem.js';
import { settleFailure } from '../problems/problem-answer.js';
import { ofStatus } from '../problems/to-portico-error.js';
import { dropHeaders } from './drop-headers.js';

/** What they answer was written by this gateway itself. */
const unsealed: ReadonlySet<Endpoint['kind']> = new Set(['system', 'identity', 'negotiation', 'connection']);

/** Whether an answer that no writer has sealed may leave: a problem, a policy's ready answer, or one of an endpoint that is no operation. */
export function mayLeaveUnsealed(context: RequestContext): boolean {
  return context.failure !== undefined || context.ready !== undefined || unsealed.has(context.endpoint.kind);
}

/**
 * Puts a problem in the place of an answer that a guard, interceptor or filter sent by itself. The status of a refusal counts; its text does not,
 * for nobody can tell what is in it. A team that wants to refuse throws a `PorticoError` or an `HttpException`.
 * @returns the payload that leaves instead
 */
export function replaceUnsealed(request: GatewayRequest, reply: GatewayReply, payload: unknown): string {
  const { gatewayContext: context } = request;
  const cause = new Error(`${context.endpoint.name} was answered by something that passed by its view model`);
  const status = reply.statusCode;
  const error = settleFailure(request, status >= 400 ? ofStatus(status, undefined, cause) : new PorticoError('VIEW_MODEL_BYPASSED', { cause }));
  (payload as { destroy?: () => void } | null | undefined)?.destroy?.();
  dropHeaders(reply);
  void reply.code(error.status).headers({ 'content-type': problemType, 'cache-control': 'no-store', ...error.headers });
  return problemOf(error, context);
}
