import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Caller } from '@portico/core';
import { WebSocketServer, type Server } from 'ws';
import { ConnectionFault } from '../hub/end-reason.js';
import { ChannelEvents } from './channel-events.js';
import { ChannelSchedule } from './channel-schedule.js';
import { ConnectionDirectory, type DirectoryEntry, type OpenTransport } from './connection-directory.js';
import { EventStreamChannel } from './event-stream.channel.js';
import type { HubEndpointDeps, HubEndpointOptions } from './hub-endpoint-options.js';
import { HubSocket } from './hub-socket.js';
import { LongPollingChannel } from './long-polling.channel.js';
import { asksToResume, grantedAnswer, negotiateError, negotiateVersion, type NegotiateAnswer } from './negotiate.js';
import type { OpenConnection } from './negotiated-connection.js';
import { readBody } from './request-body.js';
import { RequestGate } from './request-gate.js';
import { refusals, refuse, refuseUpgrade, type Refusal } from './request-refusal.js';
import { transportNames, type TransportName } from './transport-channel.js';
import { WebSocketChannel } from './web-socket.channel.js';
import { writeAnswer } from './write-answer.js';

/** A chunk, which is a message of a WebSocket or a body, may hold several of a hub's messages: so many times the largest of them fit. */
const chunkFactor = 4;

/**
 * The HTTP face of one hub: negotiate and the three transports, as SignalR's clients speak them. Without redirect; who may skip the negotiation is the caller's to say.
 * Answers 400 without an id, for a changed transport and for a DELETE that no poll goes with; 404 for an unknown id and a transport that is switched off; 405 for another method and
 * a POST beside a WebSocket; 409 when the transport is open already, unless its client may reconnect to it, or not yet; 413 for a chunk of more than four times `maxMessageBytes`, which ends the connection.
 */
export class HubEndpoint {
  readonly #open: OpenConnection;
  readonly #transports: readonly TransportName[];
  readonly #resumable: boolean;
  readonly #maxChunkBytes: number;
  readonly #schedule: ChannelSchedule;
  readonly #directory: ConnectionDirectory;
  readonly #gate: RequestGate;
  readonly #sockets: Server<typeof HubSocket>;

  constructor(options: HubEndpointOptions, deps: HubEndpointDeps) {
    this.#open = deps.open;
    this.#transports = options.transports ?? transportNames;
    this.#resumable = options.reconnectBufferBytes > 0 && this.#transports.includes('WebSockets');
    this.#maxChunkBytes = options.maxMessageBytes * chunkFactor;
    this.#schedule = new ChannelSchedule(deps.clock, options);
    this.#directory = new ConnectionDirectory(this.#schedule.idle, options.maxConnections, deps.node);
    this.#gate = new RequestGate(this.#directory, this.#transports, deps.admit);
    this.#sockets = new WebSocketServer({ noServer: true, clientTracking: false, perMessageDeflate: false, maxPayload: this.#maxChunkBytes, WebSocket: HubSocket });
  }

  /** Number of connections, including those that have no transport yet. */
  get size(): number {
    return this.#directory.size;
  }

  /** Answers negotiate to a caller that was let in: grants a connection, which waits for its transport for `disconnectTimeoutMs`. */
  negotiate(query: URLSearchParams, caller: Caller): NegotiateAnswer {
    const version = negotiateVersion(query);
    if (version === undefined) return negotiateError(200, 'negotiateVersion is no version of negotiate.');
    if (this.#directory.stopped) return negotiateError(503, refusals.stopping.text);
    const connection = this.#directory.grant(caller, version > 0, version > 0 && this.#resumable && asksToResume(query));
    return connection ? grantedAnswer(connection, version, this.#transports) : negotiateError(503, refusals.full.text);
  }

  /** Serves a request of a transport: GET for events or a poll, POST, DELETE. Writes the whole answer; the body must not have been read. */
  serve(request: IncomingMessage, response: ServerResponse): void {
    // The client may have left while it was found out who it is.
    if (response.destroyed) return;
    const { method = '' } = request;
    if (method !== 'GET' && method !== 'POST' && method !== 'DELETE') return refuse(response, refusals.method);
    const found = this.#gate.find(request);
    if ('status' in found) return refuse(response, found);
    if (method === 'GET') this.#get(found, request, response);
    else if (method === 'POST') this.#post(found, request, response);
    else this.#delete(found, response);
  }

  /**
   * Takes over the socket of a WebSocket handshake that was checked as RFC 6455 wants it.
   * @param fields header fields of the answer besides its own, names and values in turn
   */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, fields: readonly string[] = []): void {
    const found = this.#gate.find(request);
    if ('status' in found) return refuseUpgrade(request, socket, found, fields);
    const refusal = this.#gate.refusalOf(found, 'WebSockets');
    if (refusal) return refuseUpgrade(request, socket, refusal, fields);
    this.#switch(request, socket, head, fields, (webSocket) => {
      const open = found.open?.channel;
      if (open?.transport === 'WebSockets') open.resume(webSocket, socket);
      else this.#beginSocket(found, webSocket, socket);
    });
  }

  /**
   * Takes over the socket of a handshake that names no connection, of a caller who was let in: it makes a new one, with an id as negotiated ones have, and without stateful reconnect.
   * Answers 404 when WebSockets are switched off, and 503 where a negotiation would.
   * @param fields as for `upgrade`
   */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer, caller: Caller, fields: readonly string[] = []): void {
    const refusal = this.refusalOfDirect();
    if (refusal) return refuseUpgrade(request, socket, refusal, fields);
    this.#switch(request, socket, head, fields, (webSocket) => {
      // Granted no earlier: a client that is gone, or whose handshake is none, leaves nothing behind.
      const connection = this.#directory.grant(caller, true, false);
      const entry = connection && this.#directory.find(connection.token);
      if (entry) this.#beginSocket(entry, webSocket, socket);
    });
  }

  /** How `accept` would refuse now, for who answers that otherwise; undefined when it would not. */
  refusalOfDirect(): Refusal | undefined {
    return this.#gate.refusalOfDirect();
  }

  /** Refuses new connections from now on, with 503, and forgets those that have no transport yet. The others go on. */
  stop(): void {
    this.#directory.stop();
  }

  /** Answers 101; the answer is written before it returns. What is no handshake, and whose client is gone, gets no WebSocket. */
  #switch(request: IncomingMessage, socket: Duplex, head: Buffer, fields: readonly string[], opened: (webSocket: HubSocket) => void): void {
    const complete = (lines: string[]): void => void lines.push(...linesOf(fields));
    this.#sockets.on('headers', complete);
    this.#sockets.handleUpgrade(request, socket, head, opened);
    this.#sockets.off('headers', complete);
  }

  #beginSocket(entry: DirectoryEntry, webSocket: HubSocket, socket: Duplex): void {
    this.#begin(entry, (events) => new WebSocketChannel(webSocket, socket, events, this.#schedule));
  }

  #begin<C extends OpenTransport['channel']>(entry: DirectoryEntry, make: (events: ChannelEvents) => C): C {
    const events = new ChannelEvents(() => this.#directory.delete(entry));
    const channel = make(events);
    this.#directory.use(entry, { channel, events });
    events.listen(this.#open(entry.connection, channel));
    return channel;
  }

  #get(entry: DirectoryEntry, request: IncomingMessage, response: ServerResponse): void {
    const transport = acceptsEvents(request) ? 'ServerSentEvents' : 'LongPolling';
    const refusal = this.#gate.refusalOf(entry, transport);
    if (refusal) return refuse(response, refusal);
    if (transport === 'ServerSentEvents') return void this.#begin(entry, (events) => new EventStreamChannel(response, events, this.#schedule));
    const channel = entry.open?.channel ?? this.#begin(entry, (events) => new LongPollingChannel(events, this.#schedule));
    (channel as LongPollingChannel).poll(response);
  }

  #post({ open }: DirectoryEntry, request: IncomingMessage, response: ServerResponse): void {
    if (!open) return refuse(response, refusals.inactive);
    const { channel, events } = open;
    if (channel.transport === 'WebSockets') return refuse(response, refusals.noPost);
    readBody(request, this.#maxChunkBytes, (body) => {
      if (body === undefined) {
        channel.abort(new ConnectionFault('malformed', 'The client sent a body that is too large'));
        return refuse(response, refusals.tooLarge);
      }
      if (events.received(body)) writeAnswer(response, 200);
      else refuse(response, refusals.unknown);
    });
  }

  #delete({ open }: DirectoryEntry, response: ServerResponse): void {
    if (open?.channel.transport !== 'LongPolling') return refuse(response, refusals.noDelete);
    open.channel.delete();
    writeAnswer(response, 202);
  }
}

/** Whether a GET asks for an event stream (RFC 9110 12.5.1). */
function acceptsEvents({ headers }: IncomingMessage): boolean {
  return (headers.accept ?? '').split(',').some((range) => range.split(';')[0]?.trim().toLowerCase() === 'text/event-stream');
}

function linesOf(fields: readonly string[]): string[] {
  return fields.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${fields[index + 1]}`] : []));
}
