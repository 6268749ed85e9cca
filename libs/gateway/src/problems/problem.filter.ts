import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { PorticoError } from '@portico/core';
import type { GatewayReply, GatewayRequest } from '../accept/gateway-request.js';
import type { MethodTable } from '../operations/method-table.js';
import { problemOf, problemType } from './problem.js';
import { toPorticoError } from './to-portico-error.js';

/** Step 9, on-error: whatever was thrown, wherever, becomes a problem answer by the one table. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #methods: MethodTable;

  constructor(methods: MethodTable) {
    this.#methods = methods;
  }

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.getArgByIndex<GatewayRequest>(0);
    const reply = host.getArgByIndex<GatewayReply>(1);
    const context = request.gatewayContext;
    const error = request.is404 ? this.#notFound(request, thrown) : toPorticoError(thrown);
    const final = context ? request.binding.pipeline.onError(context, error) : error;
    if (context) context.failure = final;
    if (reply.sent) return void reply.raw.destroy();
    void reply
      .code(final.status)
      .headers({ 'content-type': problemType, 'cache-control': 'no-store', ...final.headers })
      .send(problemOf(final, context));
  }

  /** Nest answers 404 for a path that exists under other methods; RFC 9110 15.5.6 wants 405 and `Allow`. */
  #notFound(request: GatewayRequest, thrown: unknown): PorticoError {
    if (thrown instanceof PorticoError) return thrown;
    const allowed = this.#methods.allowed(request.raw.url ?? '');
    return allowed.length === 0 ? new PorticoError('ROUTE_NOT_FOUND') : new PorticoError('METHOD_NOT_ALLOWED', { headers: { allow: allowed.join(', ') } });
  }
}
