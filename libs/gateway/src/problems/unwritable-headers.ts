import { validateHeaderName, validateHeaderValue } from 'node:http';
import type { RequestContext } from '@portico/core';
import type { GatewayReply } from '../accept/gateway-request.js';

/**
 * Takes back the header fields that Node would refuse to write. They may be the very reason for the problem,
 * and Fastify answers an error in an error answer with the message of it.
 */
export function dropUnwritable(reply: GatewayReply, context: RequestContext | undefined): void {
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (isWritable(name, value)) continue;
    reply.removeHeader(name);
    reply.raw.removeHeader(name);
  }
  if (!context) return;
  context.answerHeaders = context.answerHeaders?.filter(([name, value]) => isWritable(name, value));
  context.degraded = context.degraded?.filter(({ part, reason }) => isWritable('x', `${part};${reason}`));
}

function isWritable(name: string, value: unknown): boolean {
  try {
    validateHeaderName(name);
    for (const item of [value].flat()) validateHeaderValue(name, String(item));
    return true;
  } catch {
    return false;
  }
}
