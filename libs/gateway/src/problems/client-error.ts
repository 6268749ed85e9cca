import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { PorticoError, type ErrorCode } from '@portico/core';
import { problemOf, problemType } from './problem.js';

const byParserCode: Readonly<Record<string, ErrorCode>> = {
  HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE',
  ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST_TIMEOUT',
};

/** Answers what Node's HTTP parser refuses before there is a request, then closes the connection. */
export function answerClientError(thrown: Error & { code?: string }, socket: Socket): void {
  if (thrown.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const error = new PorticoError(byParserCode[thrown.code ?? ''] ?? 'REQUEST_MALFORMED');
  const body = problemOf(error, undefined);
  const head = [
    `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status]}`,
    `content-type: ${problemType}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
