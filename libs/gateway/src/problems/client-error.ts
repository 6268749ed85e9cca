import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { Deadline, PorticoError, RequestContext, type Clock, type ErrorCode } from '@portico/core';
import { acceptCorrelationId, type PorticoTelemetry } from '@portico/observability';
import { openReplyOn } from '../accept/open-reply.js';
import type { Hardening } from '../hardening/hardening.js';
import type { Binding } from '../operations/binding.js';
import { sendProblem, settleFailure } from './problem-answer.js';
import { problemOf, problemType } from './problem.js';

export interface ClientErrorDependencies {
  readonly telemetry: PorticoTelemetry;
  readonly clock: Clock;
  /** What stands for addresses that nothing is bound to. */
  readonly nowhere: () => Binding;
  /** What is added to every answer. */
  readonly hardening: Pick<Hardening, 'lines'>;
}

const byParserCode: Readonly<Record<string, ErrorCode>> = {
  HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'BODY_TOO_LARGE',
  ERR_HTTP_REQUEST_TIMEOUT: 'REQUEST_TIMEOUT',
};

/**
 * Answers what Node's HTTP parser refuses, counts and logs it, and closes the connection. A body that is broken or too slow
 * belongs to a request that is known already, and is answered as that; anything else is a request that never came to be.
 */
export function clientErrorAnswer(dependencies: ClientErrorDependencies): (thrown: Error & { code?: string }, socket: Socket) => void {
  return (thrown, socket) => {
    // A connection on which nothing was ever sent is one that a browser opened in advance: nobody waits for an answer.
    if (thrown.code === 'ECONNRESET' || !socket.writable || socket.bytesRead === 0) return void socket.destroy();
    const error = new PorticoError(byParserCode[thrown.code ?? ''] ?? 'REQUEST_MALFORMED', { cause: thrown });
    const reply = openReplyOn(socket);
    if (!reply) return refuse(error, socket, dependencies);
    // The request was read whole: what is broken came after it, and an answer would be taken for that request's.
    if (reply.request.raw.complete) return void socket.destroy();
    void reply.header('connection', 'close');
    sendProblem(reply, settleFailure(reply.request, error));
  };
}

function refuse(error: PorticoError, socket: Socket, { telemetry, clock, nowhere, hardening }: ClientErrorDependencies): void {
  const context = new RequestContext({
    id: acceptCorrelationId(undefined),
    method: '',
    url: '',
    headers: {},
    address: socket.remoteAddress ?? '',
    trace: telemetry.openTrace(undefined, undefined),
    deadline: new Deadline(clock, clock.now(), nowhere().deadlineMs),
    endpoint: nowhere().endpoint,
    telemetry,
  });
  telemetry.requestStarted(context);
  const body = problemOf(error, context);
  const head = [
    `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status]}`,
    `content-type: ${problemType}`,
    `content-length: ${Buffer.byteLength(body)}`,
    `x-correlation-id: ${context.id}`,
    ...hardening.lines,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  telemetry.requestFinished(context, { status: error.status, durationMs: 0, bodyBytes: Buffer.byteLength(body), aborted: false, code: error.code, error });
}
