import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request as ask, type IncomingMessage } from 'node:http';
import { createSecureServer, type Http2SecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PerformanceObserver } from 'node:perf_hooks';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../start-app.js';
import { openWebSocket, webSocketService } from './web-socket-ends.js';

const pem = (name: string): string => fileURLToPath(new URL(`tls/${name}.pem`, import.meta.url));

let folder: string;
const open: { close(): unknown }[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portico-http2-'));
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
  await rm(folder, { recursive: true, force: true });
});

type Listener = (request: Http2ServerRequest, response: Http2ServerResponse) => void;

/** A service that speaks HTTP/2 and nothing else, unless it is told to. */
async function http2Service(listener: Listener, allowHTTP1 = false): Promise<{ port: number; server: Http2SecureServer; sessions: () => number; close(): void }> {
  const server = createSecureServer({ key: readFileSync(pem('key')), cert: readFileSync(pem('cert')), allowHTTP1 }, listener);
  const sessions = new Set<{ destroy(): void }>();
  let opened = 0;
  server.on('session', (session) => {
    opened++;
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
  });
  server.on('unknownProtocol', (socket: { destroy(): void }) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = (): void => {
    for (const session of sessions) session.destroy();
    server.close();
  };
  const service = { port: (server.address() as AddressInfo).port, server, sessions: () => opened, close };
  open.push(service);
  return service;
}

async function start(instance: string, service: string, route = ''): Promise<TestApp> {
  const file = join(folder, 'gateway.yaml');
  const routes = `routes:\n  all:\n    match: { path: '/{path*}' }\n    to: { service: shop }\n    access: { anonymous: true }\n${route}`;
  await writeFile(file, `version: 1\nservices:\n  shop: { instances: ['${instance}'], ${service} }\n${routes}`);
  const app = await startApp({ definition: { routeFiles: [file] } });
  open.push(app);
  return app;
}

const trusted = `protocol: http2, tls: { caFile: '${pem('cert')}' }`;

/** Sends a request, and gives the answer as soon as its head has come. */
function begin(port: number, method: string, path: string, headers: Record<string, string> = {}): { answer: Promise<IncomingMessage>; write(chunk: string): void; end(): void; destroy(): void } {
  const request = ask({ port, host: '127.0.0.1', method, path, headers, agent: false });
  const answer = new Promise<IncomingMessage>((resolve, reject) => request.on('response', resolve).on('error', reject));
  answer.catch(() => {});
  return { answer, write: (chunk) => void request.write(chunk), end: () => void request.end(), destroy: () => void request.destroy() };
}

describe('a service that speaks HTTP/2 alone', () => {
  it('answers through a route, with head, fields and body', async () => {
    const seen: Http2ServerRequest[] = [];
    const { port } = await http2Service((request, response) => {
      seen.push(request);
      response.writeHead(203, { 'x-a': 'b', 'set-cookie': ['a=1', 'b=2'] }).end(`${request.method} ${request.url}`);
    });
    const app = await start(`https://localhost:${port}`, trusted);
    const answer = await app.client.get('/wares/7?x=1').set('x-mine', 'yes').set('te', 'trailers');
    expect([answer.status, answer.text, answer.headers['x-a'], answer.headers['set-cookie']]).toEqual([203, 'GET /wares/7?x=1', 'b', ['a=1', 'b=2']]);
    expect([seen[0]?.httpVersion, seen[0]?.authority, seen[0]?.headers['x-mine'], seen[0]?.headers.te]).toEqual(['2.0', `localhost:${port}`, 'yes', 'trailers']);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith(':'))).toEqual([]);
  });

  it.each(['POST', 'PUT', 'PATCH'])('gets the body of %s, with and without a length', async (method) => {
    const { port } = await http2Service((request, response) => void text(request).then((body) => response.end(`${request.headers['content-length']} ${body.length}`)));
    const app = await start(`https://localhost:${port}`, trusted);
    const long = 'x'.repeat(300_000);
    const announced = begin(app.port, method, '/', { 'content-length': '300000' });
    announced.write(long);
    announced.end();
    expect(await text(await announced.answer)).toBe('300000 300000');
    const chunked = begin(app.port, method, '/', { 'transfer-encoding': 'chunked' });
    chunked.write(long);
    chunked.end();
    expect(await text(await chunked.answer)).toBe('undefined 300000');
    const short = begin(app.port, method, '/', { 'content-length': '5' });
    short.write('hello');
    short.end();
    expect(await text(await short.answer)).toBe('5 5');
    const none = begin(app.port, method, '/');
    none.end();
    expect(await text(await none.answer)).toMatch(/ 0$/);
  });

  it('answers HEAD and 304 without a body', async () => {
    const { port } = await http2Service((request, response) => void response.writeHead(request.url === '/304' ? 304 : 200, { etag: '"a"' }).end());
    const app = await start(`https://localhost:${port}`, trusted);
    expect((await app.client.head('/x')).status).toBe(200);
    expect((await app.client.get('/304')).status).toBe(304);
  });

  it('streams both ways while both go on', async () => {
    const { port } = await http2Service((request, response) => {
      response.writeHead(200);
      request.on('data', (chunk: Buffer) => response.write(`got ${chunk.toString()}`));
      request.on('end', () => response.end());
    });
    const app = await start(`https://localhost:${port}`, trusted);
    const exchange = begin(app.port, 'POST', '/', { 'transfer-encoding': 'chunked' });
    exchange.write('1');
    const answer = await exchange.answer;
    const pieces = answer[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    expect(String((await pieces.next()).value)).toBe('got 1');
    exchange.write('2');
    expect(String((await pieces.next()).value)).toBe('got 2');
    exchange.end();
    expect((await pieces.next()).done).toBe(true);
  });

  it('is held back by a client that does not read, and left when that client leaves', async () => {
    let ended = 0;
    // Tells of every stream that is given back, on either side.
    const observer = new PerformanceObserver((list) => (ended += list.getEntries().filter(({ name }) => name === 'Http2Stream').length));
    observer.observe({ entryTypes: ['http2'] });
    open.push({ close: () => observer.disconnect() });
    const chunk = Buffer.alloc(65_536, 'x');
    let sent = 0;
    let closed = false;
    const { port } = await http2Service((_, response) => {
      response.stream.once('aborted', () => (closed = true));
      const write = (): void => {
        if (closed) return;
        sent += chunk.length;
        if (response.write(chunk)) setImmediate(write);
        else response.once('drain', write);
      };
      write();
    });
    const app = await start(`https://localhost:${port}`, trusted);
    const exchange = begin(app.port, 'GET', '/');
    exchange.end();
    (await exchange.answer).pause();
    let before = -1;
    await expect.poll(() => (sent > 0 && sent === before) || ((before = sent), false), { interval: 300, timeout: 10_000 }).toBe(true);
    expect(sent).toBeLessThan(50_000_000);
    exchange.destroy();
    await expect.poll(() => [closed, ended > 0]).toEqual([true, true]);
  });

  it('is asked by many at once', async () => {
    const { port } = await http2Service((request, response) => void response.end(request.url));
    const app = await start(`https://localhost:${port}`, `connections: 4, ${trusted}`);
    const paths = Array.from({ length: 60 }, (_, index) => `/${index}`);
    expect(await Promise.all(paths.map(async (path) => (await app.client.get(path).responseType('text')).body.toString()))).toEqual(paths);
  });

  it('breaks its answer off, and the gateway does so too', async () => {
    const { port } = await http2Service((_, response) => {
      response.write('half');
      setImmediate(() => response.stream.close(2));
    });
    const app = await start(`https://localhost:${port}`, trusted);
    const exchange = begin(app.port, 'GET', '/');
    exchange.end();
    await expect(exchange.answer.then(text)).rejects.toThrow();
  });
});

describe('the certificate of a service', () => {
  it('is verified, unless nobody wants that', async () => {
    const { port } = await http2Service((_, response) => void response.end('fine'));
    const strict = await start(`https://localhost:${port}`, 'protocol: http2');
    expect((await strict.client.get('/')).status).toBe(503);
    const easy = await start(`https://localhost:${port}`, 'protocol: http2, tls: { verify: false }');
    expect((await easy.client.get('/')).text).toBe('fine');
  });
});

describe('a service for which HTTP/2 is wanted', () => {
  it('is asked in HTTP/1.1 where it knows no other', async () => {
    const server = createServer((request, response) => response.end(request.httpVersion));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    open.push({ close: () => (server.closeAllConnections(), server.close()) });
    const app = await start(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 'protocol: http2');
    expect((await app.client.get('/')).text).toBe('1.1');
  });

  it('gets WebSockets in HTTP/1.1', async () => {
    const shop = await webSocketService({ tls: { key: readFileSync(pem('key')), cert: readFileSync(pem('cert')), ALPNProtocols: ['h2', 'http/1.1'] } });
    open.push(shop);
    const app = await start(shop.origin.replace('127.0.0.1', 'localhost'), trusted, '    websocket: true\n');
    const { status, peer } = await openWebSocket(app.port, '/chat');
    expect(status).toBe(101);
    peer.send('hello');
    expect(await peer.text()).toBe('hello');
    peer.socket.destroy();
    await expect.poll(() => shop.sockets.size).toBe(0);
  });
});
