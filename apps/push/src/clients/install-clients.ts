import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { PorticoError } from '@portico/core';
import { connectionIdOf, queryOf } from '@portico/realtime';
import type { FastifyInstance } from 'fastify';
import { errorOf, problemOf, problemType } from '../http/problem.js';
import type { ClientDoor } from './client-door.js';

const path = '/client';

/** Puts what clients ask for into Fastify's router: `POST /client/negotiate` and the transports at `/client`, each with `?hub=`. A WebSocket there that names no connection makes one. */
export function installClients(fastify: FastifyInstance, door: ClientDoor): void {
  fastify.server.on('upgrade', (request, socket, head) => void upgrade(request, socket, head, door));
  void fastify.register((scope, _, done) => {
    // A body is read by the hub, or by nobody.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, next) => next(null));
    scope.addHook('onRequest', (request, reply, next) => {
      const { origin } = request.raw.headers;
      if (door.origins.allows(origin)) void reply.headers(door.origins.fields(origin));
      next();
    });
    for (const url of [path, `${path}/negotiate`]) {
      scope.options(url, (request, reply) => {
        door.checkOrigin(request.raw);
        return reply.code(204).headers(door.origins.preflightFields()).send();
      });
    }
    scope.post(`${path}/negotiate`, async ({ raw }, reply) => {
      raw.resume();
      const { hub, caller } = await door.letIn(raw, false);
      const { status, body } = hub.endpoint.negotiate(queryOf(raw), caller);
      return reply.code(status).headers({ 'content-type': 'application/json', 'cache-control': 'no-store' }).send(JSON.stringify(body));
    });
    scope.route({
      method: ['GET', 'POST', 'DELETE'],
      url: path,
      handler: async ({ raw }, reply) => {
        const { hub, caller } = await door.letIn(raw, raw.method === 'GET' && (raw.headers.accept ?? '').includes('text/event-stream'));
        hub.know(raw, caller);
        reply.hijack();
        for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) reply.raw.setHeader(name, value);
        hub.endpoint.serve(raw, reply.raw);
      },
    });
    done();
  });
}

async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, door: ClientDoor): Promise<void> {
  const giveUp = (): void => void socket.destroy();
  socket.on('error', giveUp);
  try {
    if ((request.url ?? '').split('?')[0]?.replace(/\/$/, '') !== path) throw new PorticoError('ROUTE_NOT_FOUND');
    const { hub, caller } = await door.letIn(request, true);
    if (socket.destroyed) return;
    socket.off('error', giveUp);
    if (connectionIdOf(request) === undefined) return hub.endpoint.accept(request, socket, head, caller);
    hub.know(request, caller);
    hub.endpoint.upgrade(request, socket, head);
  } catch (thrown) {
    const error = errorOf(thrown);
    const body = problemOf(error);
    const fields = Object.entries({ ...error.headers, connection: 'close', 'content-type': problemType, 'content-length': String(Buffer.byteLength(body)) }).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.end(`HTTP/1.1 ${error.status} ${STATUS_CODES[error.status]}\r\n${fields.join('')}\r\n${body}`);
  }
}
