import { STATUS_CODES } from 'node:http';
import { PorticoError } from '@portico/core';
import { fastify as createFastify, type FastifyInstance, type FastifyReply } from 'fastify';
import type { PushHttpConfig } from '../push.config.js';
import { errorOf, problemOf, problemType } from './problem.js';

/** The longest part of a path that a header has room for anyway. */
const maxParamLength = 65_536;

/**
 * A Fastify instance that answers errors as problems (RFC 9457).
 * @param onFailure told of errors of this side
 */
export function createServer({ maxBodyBytes, maxHeaderBytes, requestTimeoutMs }: PushHttpConfig, onFailure: (error: unknown) => void): FastifyInstance {
  const fastify = createFastify({
    bodyLimit: maxBodyBytes,
    requestTimeout: requestTimeoutMs,
    http: { maxHeaderSize: maxHeaderBytes },
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength, ignoreTrailingSlash: true },
    frameworkErrors: (error, _request, reply) => {
      const problem = errorOf(error);
      void (reply as FastifyReply).code(problem.status).type(problemType).send(problemOf(problem));
    },
    clientErrorHandler: (error, socket) => {
      if (!socket.writable) return void socket.destroy();
      const problem = new PorticoError((error as NodeJS.ErrnoException).code === 'HPE_HEADER_OVERFLOW' ? 'HEADERS_TOO_LARGE' : 'REQUEST_MALFORMED');
      const body = problemOf(problem);
      socket.end(`HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\nconnection: close\r\ncontent-type: ${problemType}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    },
  });
  fastify.setErrorHandler((thrown, _request, reply) => {
    const error = errorOf(thrown);
    if (error.status >= 500) onFailure(error.cause ?? error);
    return reply.code(error.status).headers({ ...error.headers, 'cache-control': 'no-store' }).type(problemType).send(problemOf(error));
  });
  fastify.setNotFoundHandler((_request, reply) => {
    const error = new PorticoError('ROUTE_NOT_FOUND', { detail: 'Check method and path.' });
    return reply.code(error.status).type(problemType).send(problemOf(error));
  });
  return fastify;
}
