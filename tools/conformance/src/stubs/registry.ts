import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { VectorSetup } from '../vectors/vector.js';
import type { BackEnd } from './back-end.js';
import type { CallLog } from './call-log.js';
import { consulAnswer } from './consul.js';
import { eurekaAnswer } from './eureka.js';
import { kubernetesAnswer } from './kubernetes.js';
import { listen } from './listen.js';

/** A registry whose services never change, with the ports filled in. */
export type RegistrySpec = NonNullable<VectorSetup['registry']>;

/** What a registry answers. `held`: nothing more than perhaps the head until the client leaves, as for a change that never comes. Undefined: nothing is known there. */
export type RegistryAnswer = { readonly json: unknown; readonly headers?: Readonly<Record<string, string>> } | { readonly held: 'all' | 'body' } | undefined;

const answers: Readonly<Record<RegistrySpec['kind'], (url: URL, spec: RegistrySpec) => RegistryAnswer>> = { consul: consulAnswer, eureka: eurekaAnswer, kubernetes: kubernetesAnswer };

/** Name of a registry in the configuration of a case, as `registry:kube`. */
export const registryNames: Readonly<Record<RegistrySpec['kind'], string>> = { consul: 'consul', eureka: 'eureka', kubernetes: 'kube' };

/** Starts a stub of a registry that writes its calls into the log. `spec` is asked for when a call comes. */
export async function startRegistry(kind: RegistrySpec['kind'], spec: () => RegistrySpec, log: CallLog): Promise<BackEnd> {
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    log.add(kind, request.method ?? '', request.url ?? '', request.headers, '');
    const answer = answers[kind](new URL(request.url ?? '/', 'http://registry'), spec());
    if (answer === undefined) response.writeHead(404).end();
    else if ('held' in answer) {
      if (answer.held === 'body') response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
    } else response.writeHead(200, { 'content-type': 'application/json', ...answer.headers }).end(JSON.stringify(answer.json));
  });
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const port = await listen(server);
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
