import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** An event as a service got it. */
export interface SeenEvent {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** What a service does with an event; by default it answers 204. */
export type EventHandler = (event: SeenEvent, response: ServerResponse) => void;

/** A service that keeps what it hears. */
export class RecordingService {
  readonly seen: SeenEvent[] = [];
  handler: EventHandler = (_event, response) => void response.writeHead(204).end();
  url = '';
  readonly #server = createServer(async (request, response) => {
    const event = { path: request.url ?? '', headers: request.headers, body: await buffer(request) };
    this.seen.push(event);
    this.handler(event, response);
  });

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  /** Paths of the events of a category, in their order. */
  paths(category: string): string[] {
    return this.seen.filter(({ headers }) => headers['x-asrs-category'] === category).map(({ path }) => path);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
