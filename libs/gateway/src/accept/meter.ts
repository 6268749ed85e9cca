import { type Clock, PorticoError, type RequestContext } from '@portico/core';
import type { FastifyReply } from 'fastify';

/**
 * Step 2, meter: reports the request once its answer has left, whatever it was: 401, 404, 429 and aborted ones too.
 * A client that leaves early ends every service call made for it.
 */
export function meter(context: RequestContext, reply: FastifyReply, clock: Clock): void {
  const { raw } = reply;
  // Comes once for each response: `once` would wrap the listener to say the same.
  raw.on('close', () => {
    const complete = raw.writableFinished;
    const { failure } = context;
    // What was broken off by a failure of ours after it had begun is no client that left, and the status on the wire says nothing.
    const aborted = !complete && failure === undefined;
    if (!complete) context.cancellation.cancel(failure ?? new PorticoError('CLIENT_CLOSED'));
    context.telemetry.requestFinished(context, {
      status: complete ? raw.statusCode : (failure?.status ?? 499),
      durationMs: clock.now() - context.deadline.startedAt,
      bodyBytes: Number(reply.getHeader('content-length') ?? 0),
      aborted,
      code: aborted ? 'CLIENT_CLOSED' : failure?.code,
      error: failure,
    });
  });
}
