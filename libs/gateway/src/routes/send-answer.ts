import { pipeline } from 'node:stream';
import { ForwardBody } from '@portico/backend-client';
import type { Awaitable, HeaderList, RequestContext, ServiceAnswer } from '@portico/core';
import { limitStall } from '../accept/limit-stall.js';
import type { GatewayReply } from '../accept/gateway-request.js';
import { hardeningOf } from '../hardening/install-hardening.js';
import type { Binding } from '../operations/binding.js';
import { RouteAnswer } from './route-answer.js';

/** Statuses whose answers have no body (RFC 9110 6.4.1). */
const bodiless = new Set([204, 205, 304]);

/**
 * Step 8 for a configured route: outbound policies, then the answer as the service gave it, written past Fastify's reply:
 * its fields keep their order and number, and what is added is what every answer of this gateway has. Returns no promise unless a policy does.
 */
export function sendAnswer(context: RequestContext, binding: Binding, reply: GatewayReply, answer: ServiceAnswer, stallTimeoutMs: number): Awaitable<void> {
  const pending = binding.pipeline.hasOutbound ? binding.pipeline.outbound(context, new RouteAnswer(answer)) : undefined;
  return pending === undefined ? writeAnswer(context, reply, answer, stallTimeoutMs) : pending.then(() => writeAnswer(context, reply, answer, stallTimeoutMs));
}

/**
 * Writes an answer that the outbound policies have seen.
 * @param stallTimeoutMs time after which a client is cut off that takes nothing of it
 */
export function writeAnswer(context: RequestContext, reply: GatewayReply, answer: ServiceAnswer, stallTimeoutMs: number): void {
  const { raw } = reply;
  // What is said of a body that streams is the service's; the length of bytes is counted.
  const { body, status, headers } = answer;
  const bytes = Buffer.isBuffer(body) && !bodiless.has(status) ? body : undefined;
  const said = headers.get('content-length');
  const length = bytes !== undefined && context.method !== 'HEAD' ? String(bytes.length) : said;
  if (length !== undefined) {
    if (length !== said) headers.set('content-length', length);
    // For the meter only: a reply that is taken over sends no header of its own.
    void reply.header('content-length', length);
  }
  const fields = answerFields(context, headers);
  hardeningOf(reply).completeFields(context, fields);
  const connection = reply.getHeader('connection');
  if (connection !== undefined) fields.push('connection', String(connection));
  void reply.hijack();
  limitStall(raw, body, stallTimeoutMs);
  raw.writeHead(status, fields);
  if (Buffer.isBuffer(body)) return void raw.end(bytes);
  if (context.method === 'HEAD' || bodiless.has(status)) {
    body.destroy();
    return void raw.end();
  }
  if (body instanceof ForwardBody) return body.passTo(raw);
  // Node keeps the head back until there is something of the body, for which a list of events may have long to wait.
  if (body.readableLength === 0) raw.flushHeaders();
  // A body that breaks off breaks the answer off: nobody may take it for a whole one.
  pipeline(body, raw, () => {});
}

/** The fields of an answer, names and values in turn: what `headers` has, and what every answer of this gateway has. */
export function answerFields(context: RequestContext, headers: HeaderList): string[] {
  const fields = headers.inTurn();
  fields.push('x-correlation-id', context.id);
  if (context.answerHeaders) for (const [name, value] of context.answerHeaders) fields.push(name, value);
  return fields;
}
