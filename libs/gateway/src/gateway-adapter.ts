import { StreamableFile } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { PorticoError } from '@portico/core';
import type { GatewayReply } from './accept/gateway-request.js';
import { replyOf } from './accept/open-reply.js';
import { dropHeaders } from './answers/drop-headers.js';
import { sendProblem, settleFailure } from './problems/problem-answer.js';
import { ofStatus, toPorticoError } from './problems/to-portico-error.js';

/**
 * Nest's Fastify adapter with a gate: what an operation returns leaves through the writer that its declaration stands for, or not at all.
 * It stands here because this is the one place through which Nest hands over every result, and nothing later can tell a shaped answer from a string.
 * What passes by Nest, as a guard that sends something itself, is held up in the pipeline's `onSend` (`request.sealed`).
 */
export class GatewayAdapter extends FastifyAdapter {
  /** Names what Fastify threw before Nest does: Nest keeps the status and the message and loses the code. */
  override setErrorHandler(handler: Parameters<FastifyAdapter['setErrorHandler']>[0]): ReturnType<FastifyAdapter['setErrorHandler']> {
    return super.setErrorHandler(function (error, request, reply) {
      return handler.call(this, toPorticoError(error) as never, request, reply);
    });
  }

  override reply(response: unknown, body: unknown, statusCode?: number): never {
    const reply = replyOf(response);
    const { request } = reply;
    if (statusCode !== undefined && statusCode >= 400 && !(body instanceof StreamableFile)) {
      // A filter of a team that answers by Nest's own means: its status and message count, its shape does not.
      const cause = new Error(`A filter answered ${statusCode}`);
      sendProblem(reply, settleFailure(request, ofStatus(statusCode, body, cause)));
      return reply as never;
    }
    if (statusCode !== undefined) reply.code(statusCode);
    try {
      if (body instanceof StreamableFile || !request.binding.writer) throw bypassed(reply, body);
      request.sealed = true;
      request.binding.writer.write(reply, body);
    } catch (error) {
      request.sealed = false;
      dropHeaders(reply);
      throw error;
    }
    return reply as never;
  }
}

function bypassed(reply: GatewayReply, body: unknown): PorticoError {
  if (body instanceof StreamableFile) body.getStream().destroy();
  return new PorticoError('VIEW_MODEL_BYPASSED', { cause: new Error(`${reply.request.binding.endpoint.name} returned a stream or a Response`) });
}
