import type { GatewayReply } from '../accept/gateway-request.js';

/** Fields that a browser needs to read any answer at all, and those that keep answers apart in caches. */
const kept = /^(?:access-control-.*|vary)$/;

/** Takes back the header fields that an operation has set for an answer which does not leave. */
export function dropHeaders(reply: GatewayReply): void {
  if (reply.raw.headersSent) return;
  for (const name of Object.keys(reply.getHeaders())) {
    if (kept.test(name)) continue;
    reply.removeHeader(name);
    reply.raw.removeHeader(name);
  }
}
