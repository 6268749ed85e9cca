import { createServer, request, type ClientRequest, type IncomingMessage, type OutgoingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { anonymousCaller, type Caller } from '@portico/core';
import { ManualClock, settle } from '@portico/core/testing';
import { expect } from 'vitest';
import { HubOptions } from '../../src/hub/hub-options.js';
import type { Payload } from '../../src/protocol/payload.js';
import type { HubEndpointOptions } from '../../src/transport/hub-endpoint-options.js';
import { HubEndpoint } from '../../src/transport/hub-endpoint.js';
import type { NegotiatedConnection } from '../../src/transport/negotiated-connection.js';
import { connectionIdOf } from '../../src/transport/request-query.js';
import type { TransportChannel } from '../../src/transport/transport-channel.js';

/** A connection whose transport is there, with all that its listener heard. */
export interface Opened {
  readonly connection: NegotiatedConnection;
  readonly channel: TransportChannel;
  readonly chunks: Payload[];
  /** What became of its sockets. */
  readonly turns: ('interrupted' | 'resumed')[];
  readonly ends: (Error | undefined)[];
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface AskOptions {
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Buffer;
}

/** A hub's endpoint behind a real server, and a plain client for it. */
export class TestHub {
  readonly clock = new ManualClock();
  readonly opened: Opened[] = [];
  /** Who was asked for, by method and token. */
  readonly admitted: string[] = [];
  /** Requests that reached the endpoint, without upgrades. */
  arrived = 0;
  /** Those of them that are over for the server. */
  over = 0;
  /** Status that `admit` returns. */
  refusal: number | undefined;
  /** Who opens a WebSocket without negotiation; undefined where nobody may. */
  direct: Caller | undefined;
  /** Happens while a connection is opened. */
  onOpen: (opened: Opened) => void = () => {};
  readonly endpoint: HubEndpoint;
  /** The server's ends of what is open. */
  readonly sockets = new Set<Socket>();
  readonly #server: Server;

  private constructor(options: Partial<HubEndpointOptions>, node?: string) {
    this.endpoint = new HubEndpoint(Object.assign(new HubOptions(), options), {
      clock: this.clock,
      node,
      admit: ({ method }, { token }) => {
        this.admitted.push(`${method} ${token}`);
        return this.refusal;
      },
      open: (connection, channel) => {
        const opened: Opened = { connection, channel, chunks: [], turns: [], ends: [] };
        this.opened.push(opened);
        this.onOpen(opened);
        return { received: (chunk) => void opened.chunks.push(chunk), interrupted: () => void opened.turns.push('interrupted'), resumed: () => void opened.turns.push('resumed'), closed: (error) => void opened.ends.push(error) };
      },
    });
    this.#server = createServer((incoming, response) => {
      this.arrived += 1;
      response.once('close', () => (this.over += 1));
      this.endpoint.serve(incoming, response);
    });
    this.#server.on('connection', (socket: Socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
    this.#server.on('upgrade', (incoming, socket, head) => {
      if (this.direct && connectionIdOf(incoming) === undefined) this.endpoint.accept(incoming, socket, head, this.direct, ['x-field', 'of the caller']);
      else this.endpoint.upgrade(incoming, socket, head);
    });
  }

  static async start(options: Partial<HubEndpointOptions> = {}, node?: string): Promise<TestHub> {
    const hub = new TestHub(options, node);
    await new Promise<void>((resolve) => hub.#server.listen(0, '127.0.0.1', resolve));
    return hub;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** A connection as negotiate version 1 grants it. */
  grant(): NegotiatedConnection {
    const { connection } = this.endpoint.negotiate(new URLSearchParams('negotiateVersion=1'), anonymousCaller);
    if (!connection) throw new Error('No connection was granted');
    return connection;
  }

  /** The first connection that was opened. */
  get first(): Opened {
    const [opened] = this.opened;
    if (!opened) throw new Error('Nothing was opened');
    return opened;
  }

  /** Sends a request and hands it over before its end, without a body. */
  begin(method: string, query: string, headers: OutgoingHttpHeaders = {}): { request: ClientRequest; answer: Promise<Answer> } {
    const asked = request({ host: '127.0.0.1', port: this.port, path: `/hubs/shop?${query}`, method, headers });
    const answer = new Promise<Answer>((resolve, reject) => {
      asked.on('error', reject);
      asked.on('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString() }));
      });
    });
    // A test need not wait for an answer that cannot come.
    answer.catch(() => {});
    return { request: asked, answer };
  }

  ask(method: string, query: string, { headers = {}, body }: AskOptions = {}): Promise<Answer> {
    const begun = this.begin(method, query, body === undefined ? headers : { 'content-length': Buffer.byteLength(body), ...headers });
    begun.request.end(body);
    return begun.answer;
  }

  /** Sends a poll, and comes back as soon as the endpoint has it. */
  async poll(token: string): Promise<{ request: ClientRequest; answer: Promise<Answer> }> {
    const before = this.arrived;
    const begun = this.begin('GET', `id=${token}`);
    begun.request.end();
    await until(() => this.arrived > before);
    return begun;
  }

  /** Waits until no request is open. */
  quiet(): Promise<void> {
    return until(() => this.over === this.arrived);
  }

  /** Begins to poll. */
  async polling(): Promise<Opened> {
    const { token } = this.grant();
    const { answer } = await this.poll(token);
    expect(await answer).toMatchObject({ status: 200, body: '' });
    return this.opened.at(-1) as Opened;
  }

  /** Opens an event stream. */
  async streaming(): Promise<{ opened: Opened; request: ClientRequest; response: IncomingMessage }> {
    const { token } = this.grant();
    const asked = request({ host: '127.0.0.1', port: this.port, path: `/hubs/shop?id=${token}`, headers: { accept: 'text/event-stream' } }).end();
    const response = await new Promise<IncomingMessage>((resolve, reject) => asked.on('error', reject).on('response', resolve));
    response.on('error', () => {});
    return { opened: this.opened.at(-1) as Opened, request: asked, response };
  }

  /** Ends everything, and looks for what is left: timers, connections, ends that were told twice or never. */
  async close(): Promise<void> {
    this.endpoint.stop();
    for (const { channel } of this.opened) channel.abort();
    for (const socket of this.sockets) socket.destroy();
    await until(() => this.sockets.size === 0 && this.clock.pending === 0);
    await new Promise((resolve) => this.#server.close(resolve));
    expect([this.endpoint.size, this.clock.pending]).toEqual([0, 0]);
    expect(this.opened.map(({ ends }) => ends.length)).toEqual(this.opened.map(() => 1));
  }
}

/** Waits for what input will bring about. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await settle();
}

/** Counts what reaches the system: each is one call of it. */
export function countWrites(socket: Socket): { readonly count: number } {
  const counter = { count: 0 };
  const counted = <T extends unknown[]>(write: (...args: T) => void) => (...args: T): void => {
    counter.count += 1;
    write.apply(socket, args);
  };
  socket._write = counted(socket._write);
  if (socket._writev) socket._writev = counted(socket._writev);
  return counter;
}
