import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request as the listener saw it. */
export interface HeardRequest {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly contentType: string | undefined;
  readonly body: string;
}

/** A server on loopback that notes what it is told and answers as the test says. */
export interface Listener {
  readonly origin: string;
  readonly heard: HeardRequest[];
  close(): Promise<void>;
}

/** Starts a listener on a free port. */
export async function listen(answer: () => { readonly status?: number; readonly json?: unknown } = () => ({})): Promise<Listener> {
  const heard: HeardRequest[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      heard.push({ method: request.method, url: request.url, contentType: request.headers['content-type'], body });
      const { status = 200, json } = answer();
      response.writeHead(status, { 'content-type': 'application/json' }).end(json === undefined ? undefined : JSON.stringify(json));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
