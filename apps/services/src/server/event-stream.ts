import type { FastifyRequest } from 'fastify';
import type { ServerResponse } from 'node:http';
import Type, { type TSchema } from 'typebox';
import { requireCustomer } from '../access/own-customer.js';
import { Failure } from './answer-schema.js';
import type { EventFeed, FeedEvent } from './event-feed.js';
import type { ServiceApp } from './service-app.js';

/** The most bytes that may wait for a reader. */
export const mostWaitingBytes = 1024 * 1024;

/** Says nothing and keeps the connection known to be alive. */
const comment = ':\n\n';

const ResumeHeaders = Type.Object({ 'last-event-id': Type.Optional(Type.Integer({ minimum: 0, description: 'What came after that event is sent first, as far as it is kept.' })) });

/** A feed as an operation. */
export interface EventStream<T> {
  readonly operationId: string;
  readonly description: string;
  /** The name of its events. */
  readonly event: string;
  /** The data of each event. */
  readonly data: TSchema;
  readonly feed: EventFeed<T>;
  /** Time between two comments, default 15 s. */
  readonly heartbeatMs?: number;
}

/**
 * Publishes a feed as server-sent events (WHATWG HTML, 9.2). It tells of all customers, so a customer's token is answered 403. A feed that keeps events numbers them and
 * takes `Last-Event-ID`. A reader for whom more than {@link mostWaitingBytes} wait is cut off.
 */
export function addEventStream<T>(app: ServiceApp, path: string, { operationId, description, event, data, feed, heartbeatMs = 15_000 }: EventStream<T>): void {
  const resumes = feed.kept > 0;
  const told = `${description} Server-sent events named \`${event}\`${resumes ? `, with consecutive ids; the latest ${feed.kept} are kept` : ', without ids'}. The schema is that of their data.`;
  const response = { 200: { description: 'Goes on until one side ends it.', content: { 'text/event-stream': { schema: data } } }, ...(resumes && { 400: Failure }) };
  const text = ({ id, data: value }: FeedEvent<T>): string => `${resumes ? `id: ${id}\n` : ''}event: ${event}\ndata: ${JSON.stringify(value)}\n\n`;

  app.get(path, { schema: { operationId, description: told, ...(resumes && { headers: ResumeHeaders }), response } }, (request, reply) => {
    requireCustomer(request as FastifyRequest, undefined);
    const { 'last-event-id': lastId } = request.headers as Type.Static<typeof ResumeHeaders>;
    reply.hijack();
    // Who left before the token was checked will not leave again.
    if (reply.raw.destroyed) return;
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    if (request.method === 'HEAD') return void reply.raw.end();
    const missed = resumes && lastId !== undefined ? feed.since(lastId) : [];
    reply.raw.write(comment + missed.map(text).join(''));
    follow(feed, text, reply.raw, heartbeatMs);
  });
}

function follow<T>(feed: EventFeed<T>, text: (event: FeedEvent<T>) => string, response: ServerResponse, heartbeatMs: number): void {
  const send = (chunk: string): void => {
    response.write(chunk);
    if (response.writableLength <= mostWaitingBytes) return;
    leave();
    response.destroy();
  };
  const heartbeat = setInterval(() => send(comment), heartbeatMs).unref();
  const stop = feed.listen((event) => send(text(event)));
  const leave = (): void => {
    clearInterval(heartbeat);
    stop();
  };
  response.once('close', leave);
}
