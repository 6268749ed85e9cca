import { createServer, request as startRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JsonObject } from '@portico/ocelot';
import type { StartGateway } from '../src/gateway/gateway-under-test.js';

interface FakeRoute {
  readonly match: { readonly path: string; readonly methods?: readonly string[] };
  readonly to: { readonly service: string; readonly path: string };
}

/** A gateway that knows whole paths and methods, and passes everything else on as it came: enough to try the runner on. */
export const startFakeGateway: StartGateway = async (first) => {
  let file = first;
  const server = createServer((request, response) => forward(file, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    replaceFile: (next) => {
      file = next;
      return Promise.resolve();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

function forward(file: JsonObject, request: IncomingMessage, response: ServerResponse): void {
  const [path, query] = (request.url ?? '').split('?');
  const route = Object.values(file.routes as Record<string, FakeRoute>).find(({ match }) => match.path === path && (match.methods?.includes(request.method ?? '') ?? true));
  if (!route) return void response.writeHead(404).end();
  const [instance = ''] = (file.services as Record<string, { instances: string[] }>)[route.to.service]?.instances ?? [];
  const { hostname, port } = new URL(instance);
  const headers = request.rawHeaders.map((text, index) => (request.rawHeaders[index - 1]?.toLowerCase() === 'host' && index % 2 === 1 ? `${hostname}:${port}` : text));
  const target = route.to.path + (query === undefined ? '' : `?${query}`);
  const outgoing = startRequest({ host: hostname, port, method: request.method, path: target, headers, agent: false }, (incoming) => {
    response.writeHead(incoming.statusCode ?? 502, incoming.headers);
    incoming.pipe(response);
  });
  outgoing.on('error', () => response.writeHead(502).end('{}'));
  request.pipe(outgoing);
}
