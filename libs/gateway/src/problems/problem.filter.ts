import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { isPorticoError, PorticoError } from '@portico/core';
import type { GatewayReply, GatewayRequest } from '../accept/gateway-request.js';
import { replyOf } from '../accept/open-reply.js';
import { hardeningOf } from '../hardening/install-hardening.js';
import type { MethodTable } from '../operations/method-table.js';
import { sendProblem, settleFailure } from './problem-answer.js';
import { toPorticoError } from './to-portico-error.js';

/** Step 9, on-error: whatever was thrown, wherever, becomes a problem answer by the one table. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #methods: MethodTable;
  readonly #acceptLate: (request: GatewayRequest, reply: GatewayReply) => void;

  /** @param acceptLate steps 1 and 2 for a request that found no endpoint before it was accepted */
  constructor(methods: MethodTable, acceptLate: (request: GatewayRequest, reply: GatewayReply) => void) {
    this.#methods = methods;
    this.#acceptLate = acceptLate;
  }

  catch(thrown: unknown, host: ArgumentsHost): void {
    // Nest's middleware hands over Node's request and response, everything else Fastify's.
    const reply = replyOf(host.getArgByIndex(1));
    const { request } = reply;
    const late = !request.gatewayContext;
    if (late) this.#acceptLate(request, reply);
    const fault = late ? hardeningOf(reply).requestFault(request.raw) : undefined;
    const error = fault ?? (request.is404 ? this.#notFound(request, thrown) : toPorticoError(thrown));
    sendProblem(reply, settleFailure(request, error));
  }

  /** Nest answers 404 for a path that exists under other methods; RFC 9110 15.5.6 wants 405 and `Allow`. */
  #notFound(request: GatewayRequest, thrown: unknown): PorticoError {
    if (isPorticoError(thrown)) return thrown;
    const allowed = this.#methods.allowed(request.raw.url ?? '');
    return allowed.length === 0 ? new PorticoError('ROUTE_NOT_FOUND') : new PorticoError('METHOD_NOT_ALLOWED', { headers: { allow: allowed.join(', ') } });
  }
}
