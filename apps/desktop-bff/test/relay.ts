import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** What a relay answers. */
export interface RelayedAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Stands before a real service: passes every request on, unless a test has other plans, and notes on whose behalf it came. */
export class Relay {
  /** What becomes of a request; `pass` asks the real service. `left` settles when whoever asked has gone. */
  plan: (url: URL, left: Promise<unknown>) => Promise<RelayedAnswer> = (url) => this.pass(url);
  readonly #target: string;
  readonly #server = createServer((request, response) => void this.#answer(request, response));
  readonly #noted: { readonly correlationId: string; readonly url: URL }[] = [];

  private constructor(target: string) {
    this.#target = target;
  }

  static async start(target: string): Promise<Relay> {
    const relay = new Relay(target);
    relay.#server.listen(0, '127.0.0.1');
    await once(relay.#server, 'listening');
    return relay;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Offsets that were asked for on behalf of one request of the front end. */
  offsets(correlationId: string): string[] {
    return this.#noted.filter((noted) => noted.correlationId === correlationId).map(({ url }) => url.searchParams.get('offset') ?? '');
  }

  async pass(url: URL): Promise<RelayedAnswer> {
    const answer = await fetch(new URL(url.pathname + url.search, this.#target));
    return { status: answer.status, body: await answer.json() };
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // What streams for ever cannot be passed on as a whole.
    if (request.headers.accept === 'text/event-stream') return void response.writeHead(404).end();
    const url = new URL(request.url ?? '', this.#target);
    this.#noted.push({ correlationId: String(request.headers['x-correlation-id']), url });
    const { status, body } = await this.plan(url, once(response, 'close'));
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }
}
