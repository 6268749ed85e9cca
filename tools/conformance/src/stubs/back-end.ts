import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createSecureServer } from 'node:http2';
import { createServer as createTlsServer } from 'node:https';
import type { Server as NetServer, Socket } from 'node:net';
import type { BackEndSpec } from '../vectors/vector.js';
import { behaviourOf } from './answer-of.js';
import type { CallLog } from './call-log.js';
import { echoMessages } from './echo-messages.js';
import { listen } from './listen.js';
import { selfSigned } from './self-signed.js';

/** A back end that listens, or keeps a port on which nobody does. */
export interface BackEnd {
  readonly port: number;
  close(): Promise<void>;
}

/** Starts a back end that writes its calls into the log. `headers`: its answers', complete at the time of a call. */
export async function startBackEnd(spec: BackEndSpec, log: CallLog, headers: () => Readonly<Record<string, string>>): Promise<BackEnd> {
  if (spec.behaviour === 'offline') return nobody();
  const behave = behaviourOf(spec);
  let calls = 0;
  const answer: RequestListener = (request, response) => {
    void bodyOf(request).then((body) => {
      const call = log.add(spec.name, request.method ?? '', request.url ?? '', request.headers, body);
      const { status, body: text } = behave(call, calls++);
      const send = (): void => {
        // To a message of HTTP/2 a connection's fields do not belong; what is left of the type is the same.
        if (!response.destroyed) response.writeHead(status, { ...typeOf(request, spec), ...headers() }).end(text);
      };
      if (spec.delayMs) setTimeout(send, spec.delayMs);
      else send();
    }, () => response.destroy());
  };
  const server = serverFor(spec, answer);
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  // By default it would tell clients of HTTP/1.1 what is wrong, in HTTP/1.1.
  server.on('unknownProtocol', (socket: Socket) => socket.destroy());
  if (spec.behaviour === 'wsEcho') {
    server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
      log.add(spec.name, request.method ?? '', request.url ?? '', request.headers, '');
      echoMessages(request, socket, head);
    });
  }
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

function serverFor({ tls, protocols }: BackEndSpec, answer: RequestListener): NetServer {
  if (protocols?.includes('h2')) return createSecureServer({ ...selfSigned(), allowHTTP1: protocols.includes('http/1.1') }, answer as unknown as Parameters<typeof createSecureServer>[1]);
  return tls ? createTlsServer(selfSigned(), answer) : (createServer(answer) as Server);
}

/** An echo keeps the type of what it echoes. */
function typeOf(request: IncomingMessage, { behaviour }: BackEndSpec): Record<string, string> {
  const type = request.headers['content-type'];
  return behaviour === 'echoBody' && type !== undefined ? { 'content-type': type } : {};
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** A port that was free a moment ago. */
async function nobody(): Promise<BackEnd> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return { port, close: () => Promise.resolve() };
}
