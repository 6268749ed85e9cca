import { text } from 'node:stream/consumers';
import { Controller, Get } from '@nestjs/common';
import { Public } from '@portico/auth';
import { PorticoError, type Policy } from '@portico/core';
import { defineViewModel } from '@portico/view-model';
import Type from 'typebox';
import { afterEach, describe, expect, it } from 'vitest';
import { View } from '../../src/index.js';
import { openRaw, parseAnswer } from '../raw-client.js';
import { startRouteApp, type RouteAppParts, type RouteParts } from './route-app.js';
import { acceptedKey, handshakeLines, openWebSocket, shakeHands, webSocketService, type WebSocketServiceParts } from './web-socket-ends.js';

const closing: { close(): unknown }[] = [];

afterEach(async () => {
  await Promise.all(closing.splice(0).map((one) => one.close()));
});

async function app(route: Partial<RouteParts> = {}, service: WebSocketServiceParts = {}, parts: Partial<RouteAppParts> = {}) {
  const shop = await webSocketService(service);
  const started = await startRouteApp({ routes: [{ match: { path: '/chat/{room}' }, to: { path: '/rooms/{room}' }, websocket: true, ...route }], shop: shop.origin, ...parts });
  closing.push(started, shop);
  return { ...started, shop };
}

const codeOf = ({ body }: { body: string }): unknown => (JSON.parse(body) as { code: unknown }).code;

const HelloView = defineViewModel('WebSocketHello', Type.Object({ hello: Type.String() }));

@Controller('api')
@Public()
class HelloController {
  @Get('hello')
  @View(HelloView)
  read() {
    return { hello: 'coded' };
  }
}

/** Writes down what it is asked, and does what a test wants. */
class Spy implements Policy {
  readonly name = 'spy';
  readonly addresses: string[] = [];
  readonly seen: string[] = [];
  readonly #steps: ReturnType<Policy['compile']>;

  constructor(steps: ReturnType<Policy['compile']> = {}) {
    this.#steps = steps;
  }

  compile(): ReturnType<Policy['compile']> {
    return {
      ...this.#steps,
      inbound: (context) => {
        this.addresses.push(context.address);
        this.seen.push('inbound');
        return this.#steps?.inbound?.(context);
      },
      outbound: (context, answer) => {
        this.seen.push(`outbound ${answer.status}`);
        return this.#steps?.outbound?.(context, answer);
      },
    };
  }
}

describe('a WebSocket through a configured route', () => {
  it('is opened as the service answers, with its own subprotocol and extensions', async () => {
    const { port, shop } = await app({}, { fields: ['Sec-WebSocket-Protocol: chat', 'Sec-WebSocket-Extensions: permessage-deflate', 'Content-Length: 0'] });
    const offered = { 'sec-websocket-protocol': 'chat, superchat', 'sec-websocket-extensions': 'permessage-deflate; client_max_window_bits', cookie: 'a=1' };
    const { status, headers, socket } = await openWebSocket(port, '/chat/7?x=1', offered);
    expect([status, headers['sec-websocket-accept'], headers.upgrade, headers.connection]).toEqual([101, acceptedKey, 'websocket', 'Upgrade']);
    expect([headers['sec-websocket-protocol'], headers['sec-websocket-extensions'], headers['content-length']]).toEqual(['chat', 'permessage-deflate', undefined]);
    expect(headers['x-correlation-id']).toMatch(/^[0-9a-f]{32}$/);
    const [seen] = shop.seen;
    expect([seen?.url, seen?.headers.upgrade, seen?.headers.connection]).toEqual(['/rooms/7?x=1', 'websocket', 'upgrade']);
    expect(seen?.headers).toMatchObject({ ...offered, 'x-forwarded-for': '127.0.0.1', 'x-forwarded-host': 'shop.example', 'x-correlation-id': headers['x-correlation-id'] });
    socket.destroy();
  });

  it('carries messages both ways, short and long, and the closing handshake', async () => {
    const { port } = await app();
    const { peer } = await openWebSocket(port, '/chat/7');
    const long = 'x'.repeat(300_000);
    for (const message of ['hello', long]) peer.send(message);
    expect([await peer.text(), await peer.text()]).toEqual(['hello', long]);
    peer.send(Buffer.from([0x03, 0xe8]), 8);
    expect(await peer.next()).toEqual({ opcode: 8, payload: Buffer.from([0x03, 0xe8]) });
    await peer.closed;
  });

  it('loses nothing of what either side sends with its handshake', async () => {
    const { port } = await app({}, { greeting: 'welcome' });
    const { peer: writer } = await openWebSocket(port, '/chat/7');
    const early = Buffer.concat([Buffer.from(handshakeLines('/chat/7')), writer.frame('early'), writer.frame('bird')]);
    const { peer } = await shakeHands(port, early);
    expect([await peer.text(), await peer.text(), await peer.text()]).toEqual(['welcome', 'early', 'bird']);
  });

  it('stays open beyond the deadline of the request', async () => {
    const shop = await webSocketService({ listener: () => {} });
    const routes = [{ match: { path: '/chat' }, websocket: true, timeoutMs: 30 }, { match: { path: '/late' }, timeoutMs: 30 }];
    const { port, client, close } = await startRouteApp({ routes, shop: shop.origin });
    closing.push({ close }, shop);
    const { peer } = await openWebSocket(port, '/chat');
    expect((await client.get('/late')).status).toBe(504);
    peer.send('still there');
    expect(await peer.text()).toBe('still there');
  });

  it('runs the policies of its route, and counts and logs it once, when it ends', async () => {
    const spy = new Spy({ outbound: (_, answer) => answer.setHeader('x-out', 'yes') });
    const { port, logged, lines, metric } = await app({ name: 'chat' }, {}, { policies: [spy] });
    const { headers, peer, socket } = await openWebSocket(port, '/chat/7');
    expect([spy.seen, headers['x-out']]).toEqual([['inbound', 'outbound 101'], 'yes']);
    expect(await metric('portico_http_requests_in_flight')).toBe(2);
    peer.send('x');
    await peer.text();
    expect(lines.some(({ msg, status }) => msg === 'request' && status === 101)).toBe(false);
    socket.end();
    expect(await logged(({ status }) => status === 101)).toMatchObject({ route: '/chat/{room}', status: 101 });
    expect(await metric('portico_http_requests_total{method="any",route="/chat/{room}",status_class="1xx"}')).toBe(1);
  });

  it('is refused by an inbound policy like any request', async () => {
    const refuse: Policy = { name: 'refuse', compile: () => ({ inbound: () => Promise.reject(new PorticoError('LIMIT_EXCEEDED', { headers: { 'retry-after': '7' } })) }) };
    const { port, shop, logged } = await app({}, {}, { policies: [refuse] });
    const answer = await openWebSocket(port, '/chat/7');
    expect([answer.status, codeOf(answer), answer.headers['retry-after'], answer.headers['content-type'], answer.headers.connection]).toEqual([429, 'LIMIT_EXCEEDED', '7', 'application/problem+json; charset=utf-8', 'close']);
    await answer.peer.closed;
    expect(await logged(({ status }) => status === 429)).toMatchObject({ route: '/chat/{room}' });
    expect(shop.seen).toEqual([]);
  });

  it('has the address that trusted proxies say, and no other', async () => {
    const trusting = new Spy();
    const trusted = await app({}, {}, { policies: [trusting], overrides: { http: { trustedProxies: ['127.0.0.1'] } } });
    await openWebSocket(trusted.port, '/chat/7', { 'x-forwarded-for': '192.0.2.1, 192.0.2.2' });
    const doubting = new Spy();
    const { port } = await app({}, {}, { policies: [doubting] });
    await openWebSocket(port, '/chat/7', { 'x-forwarded-for': '192.0.2.1' });
    expect([trusting.addresses, doubting.addresses]).toEqual([['192.0.2.2'], ['127.0.0.1']]);
  });

  it('runs the backend section, and leaves no connection to the service where that answers otherwise', async () => {
    const replace: Policy = { name: 'replace', compile: () => ({ backend: async (_context, _request, next) => (await next(), { ...(await next()), status: 418, body: Buffer.from('no') }) }) };
    const { port, shop } = await app({}, {}, { policies: [replace] });
    const answer = await openWebSocket(port, '/chat/7');
    expect([answer.status, answer.body, shop.seen.length]).toEqual([418, 'no', 2]);
    await expect.poll(() => shop.sockets.size).toBe(0);
  });

  it('leaves no connection to the service where a policy fails after the service has agreed', async () => {
    const fail: Policy = { name: 'fail', compile: () => ({ outbound: () => Promise.reject(new PorticoError('INTERNAL')) }) };
    const { port, shop } = await app({}, {}, { policies: [fail] });
    expect((await openWebSocket(port, '/chat/7')).status).toBe(500);
    await expect.poll(() => shop.sockets.size).toBe(0);
  });
});

describe('a WebSocket is refused', () => {
  it.each([
    ['another version', { 'sec-websocket-version': '8' }],
    ['no version', { 'sec-websocket-version': undefined }],
    ['no key', { 'sec-websocket-key': undefined }],
    ['a key that is none', { 'sec-websocket-key': 'short' }],
    ['a length', { 'content-length': '5' }],
    ['a transfer coding', { 'transfer-encoding': 'chunked' }],
  ])('with %s', async (_, headers) => {
    const { port, shop } = await app();
    const answer = await openWebSocket(port, '/chat/7', headers);
    expect([answer.status, codeOf(answer), answer.headers['sec-websocket-version'], shop.seen.length]).toEqual([400, 'UPGRADE_REFUSED', '13', 0]);
  });

  it('with another method', async () => {
    const { port } = await app();
    expect(codeOf(await shakeHands(port, handshakeLines('/chat/7', {}, 'POST')))).toBe('UPGRADE_REFUSED');
  });

  it('where there is none: on a route that does not say so, and on a coded operation', async () => {
    const { port, shop } = await app({ websocket: false }, {}, { controllers: [HelloController] });
    for (const path of ['/chat/7', '/api/hello']) {
      const answer = await openWebSocket(port, path);
      expect([answer.status, codeOf(answer)]).toEqual([400, 'UPGRADE_REFUSED']);
    }
    expect(shop.seen).toEqual([]);
  });

  it('where there is nothing, and where the method is wrong', async () => {
    const { port } = await app({ match: { path: '/chat/{room}', methods: ['POST'] } });
    expect([codeOf(await openWebSocket(port, '/elsewhere')), codeOf(await openWebSocket(port, '/chat/7'))]).toEqual(['ROUTE_NOT_FOUND', 'METHOD_NOT_ALLOWED']);
    expect((await openWebSocket(port, '/chat/%2e%2e/x')).status).toBe(400);
  });

  it.each([
    ['its own host', [], 'https://shop.example', 101],
    ['its own host with the port that goes without saying', [], 'http://shop.example:80', 101],
    ['a neighbour', [], 'https://www.shop.example', 403],
    ['another port', [], 'https://shop.example:8443', 403],
    ['no page at all', [], 'null', 403],
    ['nobody that is known', [], undefined, 101],
    ['an origin on the list', ['https://www.shop.example'], 'https://www.shop.example', 101],
    ['one that is not', ['https://www.shop.example'], 'http://www.shop.example', 403],
    ['its own host beside a list', ['https://www.shop.example'], 'https://shop.example', 403],
    ['anyone where all are taken', ['*'], 'https://evil.example', 101],
  ])('or not, by its origin: %s', async (_, origins, origin, status) => {
    const spy = new Spy();
    const { port } = await app({ origins }, {}, { policies: [spy] });
    const answer = await openWebSocket(port, '/chat/7', { origin });
    expect([answer.status, spy.seen.includes('inbound')]).toEqual([status, status === 101]);
    if (status === 403) expect(codeOf(answer)).toBe('ORIGIN_FORBIDDEN');
  });

  it('or not by the host that a trusted proxy names', async () => {
    const { port } = await app({}, {}, { overrides: { http: { trustedProxies: ['127.0.0.1'] } } });
    const named = { host: '10.0.0.7:3000', 'x-forwarded-host': 'shop.example', origin: 'https://shop.example' };
    expect((await openWebSocket(port, '/chat/7', named)).status).toBe(101);
    expect((await openWebSocket(port, '/chat/7', { ...named, 'x-forwarded-host': undefined })).status).toBe(403);
  });

  it('by the service: its answer passes', async () => {
    const long = 'x'.repeat(3_000_000);
    const refuse: WebSocketServiceParts = { onUpgrade: (_, socket) => socket.end(`HTTP/1.1 403 Forbidden\r\nX-Why: full\r\nContent-Length: ${long.length}\r\n\r\n${long}`) };
    const { port } = await app({}, refuse);
    const answer = await openWebSocket(port, '/chat/7');
    expect([answer.status, answer.headers['x-why'], answer.headers.connection, answer.body === long]).toEqual([403, 'full', 'close', true]);
    await answer.peer.closed;
  });

  it('when the service upgrades to something else', async () => {
    const { port, shop } = await app({}, { onUpgrade: (_, socket) => void socket.write('HTTP/1.1 101 Fine\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n') });
    expect(codeOf(await openWebSocket(port, '/chat/7'))).toBe('SERVICE_ANSWER_INVALID');
    await expect.poll(() => shop.sockets.size).toBe(0);
  });

  it('when the service is too late or cannot be reached', async () => {
    const late = await app({ timeoutMs: 50 }, { onUpgrade: () => {} });
    const answer = await openWebSocket(late.port, '/chat/7');
    expect([answer.status, codeOf(answer)]).toEqual([504, 'SERVICE_TIMEOUT']);
    await expect.poll(() => late.shop.sockets.size).toBe(0);
    const { port } = await app({}, {}, { shop: 'http://127.0.0.1:1' });
    expect((await openWebSocket(port, '/chat/7')).status).toBe(503);
  });
});

describe('an open WebSocket', () => {
  it('ends with the service when the client breaks off, and the other way round', async () => {
    const { port, shop } = await app();
    const first = await openWebSocket(port, '/chat/7');
    first.socket.resetAndDestroy();
    await expect.poll(() => shop.sockets.size).toBe(0);
    const second = await openWebSocket(port, '/chat/7');
    for (const socket of shop.sockets) socket.resetAndDestroy();
    await second.peer.closed;
  });

  it('delivers what was sent before the end', async () => {
    const { port } = await app({}, { onOpen: (peer) => (peer.send('x'.repeat(5_000_000)), peer.socket.end()) });
    const { peer } = await openWebSocket(port, '/chat/7');
    expect((await peer.next()).payload.length).toBe(5_000_000);
    await peer.closed;
  });

  it('is cut off where one side has ended and the other does not', async () => {
    const { port, shop } = await app({}, { onOpen: (peer) => void peer.next() });
    const { socket } = await openWebSocket(port, '/chat/7');
    // The service has its own half-open end, as a server of Node has.
    socket.end();
    await expect.poll(() => shop.sockets.size, { timeout: 5_000 }).toBe(0);
  });

  it('ends with "going away" when both sides are silent', async () => {
    const { port, shop, logged } = await app({ idleTimeoutMs: 150 }, { onOpen: () => {} });
    const { peer } = await openWebSocket(port, '/chat/7');
    expect(await peer.next()).toEqual({ opcode: 8, payload: Buffer.from([0x03, 0xe9]) });
    peer.socket.end();
    await peer.closed;
    await expect.poll(() => shop.sockets.size).toBe(0);
    expect((await logged(({ status }) => status === 101)).durationMs ?? 150).toBeGreaterThanOrEqual(149);
  });

  it('holds back a service whose client does not read', async () => {
    const chunk = Buffer.alloc(65_536, 'x');
    let sent = 0;
    const flood: WebSocketServiceParts['onOpen'] = ({ socket }) => {
      const write = (): void => {
        if (!socket.writable) return;
        sent += chunk.length;
        if (socket.write(chunk)) setImmediate(write);
        else socket.once('drain', write);
      };
      write();
    };
    const { port, shop, logged } = await app({}, { onOpen: flood });
    const { socket } = await openWebSocket(port, '/chat/7');
    socket.pause();
    let before = -1;
    await expect.poll(() => sent > 0 && sent === before || ((before = sent), false), { interval: 300, timeout: 10_000 }).toBe(true);
    expect(sent).toBeLessThan(50_000_000);
    socket.destroy();
    await expect.poll(() => shop.sockets.size).toBe(0);
    // It had its answer; what it did not read afterwards makes it no request that was given up.
    expect(await logged(({ msg }) => msg === 'request')).toMatchObject({ status: 101 });
  });

  it('closes with 1001 when the gateway stops, which does not wait for it', async () => {
    const { port, gateway, shop } = await app({}, { onOpen: () => {} });
    const { peer, socket } = await openWebSocket(port, '/chat/7');
    const closed = gateway.close();
    expect(await peer.next()).toEqual({ opcode: 8, payload: Buffer.from([0x03, 0xe9]) });
    socket.end();
    await closed;
    await expect.poll(() => shop.sockets.size).toBe(0);
  });

  it('is cut off when the gateway stops and the client does not close in its turn', async () => {
    const { port, gateway } = await app({}, {}, { overrides: { shutdown: { graceMs: 5_000 } } });
    const { socket } = await openWebSocket(port, '/chat/7');
    socket.pause();
    const startedAt = performance.now();
    await gateway.close();
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });

  it('leaves no connection behind, 100 times over', async () => {
    const { port, shop, metric } = await app();
    const open = await Promise.all(Array.from({ length: 100 }, () => openWebSocket(port, '/chat/7')));
    expect(shop.sockets.size).toBe(100);
    for (const { socket } of open) socket.destroy();
    await expect.poll(() => shop.sockets.size).toBe(0);
    expect(await metric('portico_http_requests_in_flight')).toBe(1);
  });

  it('ends the call when the client leaves before the service has answered', async () => {
    const { port, shop, logged } = await app({}, { onUpgrade: () => {} });
    const { socket } = openRaw(port, handshakeLines('/chat/7'));
    await expect.poll(() => shop.seen.length).toBe(1);
    socket.end();
    await expect.poll(() => shop.seen[0]?.socket.destroyed).toBe(true);
    expect(await logged(({ status }) => status === 499)).toMatchObject({ route: '/chat/{room}' });
  });
});

describe('an offer of another protocol', () => {
  it('is ignored: the request is answered as if it had not been there, body and kept connection included', async () => {
    const { port, shop } = await app({}, { listener: (request, response) => void text(request).then((body) => response.end(`${request.method} ${body}`)) });
    const offer = (method: string, extra: string): string => `${method} /chat/7 HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n${extra}`;
    const { closed } = openRaw(port, `${offer('POST', 'Content-Length: 5\r\n\r\nhello')}${offer('GET', '\r\n')}GET /chat/7 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
    const answers = (await closed).split('HTTP/1.1 ').slice(1);
    expect(answers.map((answer) => [answer.slice(0, 3), answer.split('\r\n\r\n')[1]])).toEqual([['200', 'POST hello'], ['200', 'GET '], ['200', 'GET ']]);
    expect(shop.seen).toEqual([]);
  });

  it('counts no more for a WebSocket behind requests that are sent in advance', async () => {
    const { port } = await app({}, { listener: (_, response) => setTimeout(() => response.end('first'), 30) });
    const { socket, closed } = openRaw(port, `GET /chat/7 HTTP/1.1\r\nHost: a\r\n\r\n${handshakeLines('/chat/7')}`);
    socket.on('data', (chunk: Buffer) => chunk.includes('HTTP/1.1 101') && socket.end());
    const received = await closed;
    expect(parseAnswer(received).status).toBe(200);
    expect(received.indexOf('HTTP/1.1 101')).toBeGreaterThan(received.indexOf('first'));
  });

  it('leaves a gateway alive whose client resets at once', async () => {
    const { port } = await app();
    for (let count = 0; count < 20; count++) {
      const { socket, closed } = openRaw(port, handshakeLines('/chat/7'));
      socket.once('connect', () => setImmediate(() => socket.resetAndDestroy()));
      await closed;
    }
    expect((await openWebSocket(port, '/chat/7')).status).toBe(101);
  });
});
