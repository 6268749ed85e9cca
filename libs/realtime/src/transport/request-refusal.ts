import { ServerResponse, STATUS_CODES, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { noStore } from './write-answer.js';

/** Why a request of a transport is not served. */
export interface Refusal {
  /** HTTP status of the answer (RFC 9110). */
  readonly status: number;
  /** For whoever looks at the traffic of a client: clients read the status only. */
  readonly text: string;
  readonly headers?: OutgoingHttpHeaders;
}

/** Every refusal of this side; those of `admit` are beside it. */
export const refusals = {
  noId: { status: 400, text: 'The query has no id of a connection: negotiate first.' },
  transportChanged: { status: 400, text: 'The connection has another transport.' },
  noDelete: { status: 400, text: 'Only a connection that polls is ended by DELETE.' },
  unknown: { status: 404, text: 'There is no such connection.' },
  // RFC 9110 15.5.20.
  misdirected: { status: 421, text: 'The connection is at another replica: pass its requests on by the part of `id` before the dot.' },
  transportOff: { status: 404, text: 'This transport is switched off.' },
  method: { status: 405, text: 'A transport sends GET, POST and DELETE.', headers: { allow: 'GET, POST, DELETE' } },
  noPost: { status: 405, text: 'The connection sends over its WebSocket.', headers: { allow: 'GET' } },
  active: { status: 409, text: 'The transport of the connection is open already.' },
  inactive: { status: 409, text: 'The transport of the connection is not open yet.' },
  // Nobody reads the rest of the body, so nothing can follow on this HTTP connection.
  tooLarge: { status: 413, text: 'The body is too large.', headers: { connection: 'close' } },
  full: { status: 503, text: 'There are too many connections.' },
  stopping: { status: 503, text: 'This instance is stopping.' },
} as const satisfies Record<string, Refusal>;

/** The refusal of a sender who may not use a connection. */
export function senderRefusal(status: number): Refusal {
  const text = `${STATUS_CODES[status] ?? 'Refused'}.`;
  // RFC 9110 15.5.2 wants a challenge.
  return status === 401 ? { status, text, headers: { 'www-authenticate': 'Bearer' } } : { status, text };
}

/** Writes the whole answer. */
export function refuse(response: ServerResponse, { status, text, headers }: Refusal): void {
  response.writeHead(status, { ...noStore, 'content-type': 'text/plain; charset=utf-8', 'content-length': Buffer.byteLength(text), ...headers });
  response.end(text);
}

/**
 * Writes it to a socket that asked for a WebSocket, and ends that.
 * @param fields header fields besides its own, names and values in turn
 */
export function refuseUpgrade(request: IncomingMessage, socket: Duplex, refusal: Refusal, fields: readonly string[] = []): void {
  socket.on('error', () => socket.destroy());
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  for (let at = 0; at < fields.length; at += 2) response.setHeader(fields[at] as string, fields[at + 1] as string);
  response.assignSocket(socket as Socket);
  response.once('finish', () => socket.end(() => socket.destroy()));
  refuse(response, refusal);
}
