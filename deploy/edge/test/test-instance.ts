import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Duplex } from 'node:stream';

/** What came to an instance. */
export interface Arrived {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface InstanceOptions {
  readonly replica?: string;
  /** Answers in place of the echo; undefined leaves it to the echo. */
  readonly answer?: (request: IncomingMessage, response: ServerResponse) => boolean;
  readonly upgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

/** A BFF as the edge sees it: it says how it is, and what has come to it. Every answer names it in `x-instance`. */
export class TestInstance {
  /** Status of its health path. */
  health = 200;
  readonly arrived: Arrived[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(name: string, { replica, answer, upgrade }: InstanceOptions) {
    this.#server = createServer((request, response) => {
      if (request.url === '/health/ready') return void response.writeHead(this.health, { 'content-type': 'application/json' }).end(JSON.stringify({ status: 'test', replica }));
      response.setHeader('x-instance', name);
      if (answer?.(request, response)) return;
      void text(request).then((body) => {
        const { method = '', url = '', headers } = request;
        this.arrived.push({ method, url, headers, body });
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ method, url, headers, body }));
      });
    });
    if (upgrade) this.#server.on('upgrade', upgrade);
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  static async start(name: string, options: InstanceOptions = {}): Promise<TestInstance> {
    const instance = new TestInstance(name, options);
    await new Promise<void>((resolve) => instance.#server.listen(0, '127.0.0.1', resolve));
    return instance;
  }

  /** As `127.0.0.1:41234`. */
  get address(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Ends it as a crash would. */
  async kill(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.resetAndDestroy();
    await closed;
  }
}
