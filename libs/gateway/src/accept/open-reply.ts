import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { GatewayReply } from './gateway-request.js';

const key = Symbol('portico.reply');

interface Marked {
  [key]?: GatewayReply;
}

/** Lets Fastify's reply be found from Node's response, which is all that Nest's middleware and the socket know. */
export function markReply(reply: GatewayReply): void {
  (reply.raw as Marked)[key] = reply;
}

/** Fastify's reply, whether a filter was handed that or Node's response. */
export function replyOf(response: unknown): GatewayReply {
  return (response as Marked)[key] ?? (response as GatewayReply);
}

/** The reply that `socket` is waiting for, if a request has been accepted on it. */
export function openReplyOn(socket: Socket): GatewayReply | undefined {
  // Node itself finds the response in progress by this property when the parser fails.
  return ((socket as { _httpMessage?: (ServerResponse & Marked) | null })._httpMessage ?? undefined)?.[key];
}
