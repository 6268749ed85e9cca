import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

/** A server that stands in for Consul's agent, and notes what it is asked. */
export class FakeAgent {
  /** As in `PUT /v1/agent/service/register`. */
  readonly asked: string[] = [];
  /** What is registered, by id. */
  readonly known = new Map<string, unknown>();
  /** Whether it cuts every connection instead of answering. */
  away = false;
  readonly #server: Server;

  constructor(server: Server) {
    this.#server = server;
    server.on('request', async (request, response) => {
      this.asked.push(`${request.method} ${request.url}`);
      if (this.away) return void response.destroy();
      const body = await text(request);
      const id = (request.url ?? '').split('/').at(-1) ?? '';
      if (id === 'register') this.known.set((JSON.parse(body) as { ID: string }).ID, JSON.parse(body));
      else if (request.method === 'PUT') this.known.delete(id);
      response.writeHead(request.method === 'PUT' || this.known.has(id) ? 200 : 404).end('{}');
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Starts one for the running test. */
  static async start(): Promise<FakeAgent> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return new FakeAgent(server);
  }
}
