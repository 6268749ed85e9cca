import { type Clock, PorticoError, type RequestContext } from '@portico/core';
import type { FastifyReply } from 'fastify';

/**
 * Step 2, meter: reports the request once its answer has left, whatever it was: 401, 404, 429 and aborted ones too.
 * A client that leaves early ends every service call made for it.
 */
export function meter(context: RequestContext, reply: FastifyReply, clock: Clock): void {
  const { raw } = reply;
  raw.once('close', () => {
    const aborted = !raw.writableFinished;
    if (aborted) context.cancellation.cancel(new PorticoError('CLIENT_CLOSED'));
    context.telemetry.requestFinished(context, {
      status: aborted ? 499 : raw.statusCode,
      durationMs: clock.now() - context.deadline.startedAt,
      bodyBytes: Number(reply.getHeader('content-length') ?? 0),
      aborted,
      code: context.failure?.code,
      error: context.failure,
    });
  });
}
