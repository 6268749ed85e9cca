import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { GatewayReply } from './accept/gateway-request.js';
import { toPorticoError } from './problems/to-portico-error.js';

/**
 * Nest's Fastify adapter with a gate: what an operation returns leaves through the writer that its declaration stands for, or not at all.
 * It stands here because this is the one place through which Nest hands over every result, and nothing later can tell a shaped answer from a string.
 */
export class GatewayAdapter extends FastifyAdapter {
  /** Names what Fastify threw before Nest does: Nest keeps the status and the message and loses the code. */
  override setErrorHandler(handler: Parameters<FastifyAdapter['setErrorHandler']>[0]): ReturnType<FastifyAdapter['setErrorHandler']> {
    return super.setErrorHandler(function (error, request, reply) {
      return handler.call(this, toPorticoError(error) as never, request, reply);
    });
  }

  override reply(response: unknown, body: unknown, statusCode?: number): never {
    const reply = response as GatewayReply;
    const writer = reply.request?.binding?.writer;
    if (!writer || (statusCode !== undefined && statusCode >= 400)) return super.reply(reply as never, body, statusCode) as never;
    if (statusCode !== undefined) reply.code(statusCode);
    writer.write(reply, body);
    return reply as never;
  }
}
