import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as a fake service saw it. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** Whether the client left before it had its answer. */
  aborted: boolean;
}

/** Answers one request; a returned value is sent as JSON with status 200. */
export type FakeHandler = (request: SeenRequest, response: ServerResponse) => unknown;

/** A real HTTP server on a free port that a test tells what to answer. */
export class FakeService {
  readonly origin: string;
  readonly seen: SeenRequest[] = [];
  handler: FakeHandler;
  readonly #server: Server;

  constructor(server: Server, handler: FakeHandler) {
    this.#server = server;
    this.handler = handler;
    this.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const seen: SeenRequest = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body, aborted: false };
    this.seen.push(seen);
    response.on('close', () => void (seen.aborted = !response.writableFinished));
    const value = await this.handler(seen, response);
    if (value !== undefined && !response.headersSent) response.setHeader('content-type', 'application/json').end(JSON.stringify(value));
  }

  /** Ends the server and every connection. */
  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

/** Starts a fake service. */
export async function startFakeService(handler: FakeHandler): Promise<FakeService> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const service = new FakeService(server, handler);
  server.on('request', (request, response) => void service.answer(request, response).catch(() => response.destroy()));
  return service;
}
