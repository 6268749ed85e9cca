import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Cancellation, PorticoError, silentTelemetry, systemClock, type CallSpan, type RequestContext, type Telemetry } from '@portico/core';
import { testContext } from '@portico/core/testing';
import { describe, expect, it } from 'vitest';
import { clientOf, closing } from '../test/fixtures.js';
import type { ForwardedAnswer } from './forward-attempt.js';
import type { ForwardCall } from './service-forwarder.js';
import type { ServiceConfig } from './service.config.js';
import { ServiceEntry } from './service-entry.config.js';
import { isUnreachable } from './service-error.js';

async function serve(listener: RequestListener): Promise<{ origin: string; server: Server; seen: IncomingMessage[] }> {
  const seen: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    seen.push(request);
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing({ close: async () => void (server.closeAllConnections(), server.close()) });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server, seen };
}

interface Sending extends Partial<Omit<ForwardCall, 'context'>> {
  readonly context?: RequestContext;
  readonly repeatable?: boolean;
}

function send(origin: string | string[], settings: Partial<ServiceConfig>, { context = testContext({}), repeatable = true, ...call }: Sending = {}): Promise<ForwardedAnswer> {
  const forwarder = clientOf(origin, settings).service('shop').forwarder();
  const whole: ForwardCall = { method: 'GET', path: '/x', headers: [], body: undefined, upgrade: undefined, idleTimeoutMs: 10_000, context, ...call };
  return forwarder.send(whole, { dueAt: systemClock.now() + 10_000, repeatable, cancellation: new Cancellation() });
}

const bodyOf = async (answer: ForwardedAnswer): Promise<string> => {
  const body = answer.body();
  return Buffer.isBuffer(body) ? body.toString() : text(body);
};

describe('passing a request on', () => {
  it('brings head and body as they came, a short body as bytes', async () => {
    const { origin, seen } = await serve((_, response) => response.writeHead(207, { 'X-A': '1', 'set-cookie': ['a=1', 'b=2'] }).end('hello'));
    const answer = await send(origin, {}, { headers: ['x-b', '2', 'x-b', '3'], path: '/y?z=1' });
    expect([answer.status, answer.fields.get('x-a'), answer.fields.toObject()['set-cookie']]).toEqual([207, '1', ['a=1', 'b=2']]);
    expect(await bodyOf(answer)).toBe('hello');
    expect([seen[0]?.url, seen[0]?.rawHeaders.filter((_, index, all) => all[index - (index % 2)] === 'x-b')]).toEqual(['/y?z=1', ['x-b', '2', 'x-b', '3']]);
  });

  it('streams a long body no faster than it is read', async () => {
    let written = 0;
    const { origin } = await serve((_, response) => {
      Readable.from((function* () {
        for (let index = 0; index < 2_000; index++) {
          written += 16_384;
          yield Buffer.alloc(16_384, 'x');
        }
      })()).pipe(response);
    });
    const body = (await send(origin, {})).body() as Readable;
    const reader = body[Symbol.asyncIterator]();
    await reader.next();
    expect(body.readableLength).toBeLessThan(1_000_000);
    const heldBack = written;
    expect(heldBack).toBeLessThan(32_768_000);
    let size = 0;
    for (let chunk = await reader.next(); !chunk.done; chunk = await reader.next()) size += (chunk.value as Buffer).length;
    expect(size).toBeGreaterThan(32_000_000);
  });

  it('sends a body that streams', async () => {
    const { origin } = await serve((request, response) => request.pipe(response));
    const body = new PassThrough();
    const answering = send(origin, {}, { method: 'POST', body, headers: ['content-type', 'text/plain'], repeatable: false });
    body.write('one ');
    body.end('two');
    expect(await bodyOf(await answering)).toBe('one two');
  });

  it('tries a troubled status again and gives the connection of the refused answer back', async () => {
    const { origin, seen } = await serve((_, response) => {
      if (seen.length === 1) response.writeHead(503).write('x'.repeat(200_000));
      else response.end('fine');
    });
    const answer = await send(origin, { maxAttempts: 2 });
    expect([answer.status, await bodyOf(answer), seen.length]).toEqual([200, 'fine', 2]);
    await expect.poll(() => seen[0]?.socket.destroyed).toBe(true);
  });

  it('is answered with the troubled status itself when no attempt brings another', async () => {
    const { origin, seen } = await serve((_, response) => response.writeHead(503, { 'retry-after': '0' }).end('busy'));
    const answer = await send(origin, { maxAttempts: 2 });
    expect([answer.status, await bodyOf(answer), seen.length]).toEqual([503, 'busy', 2]);
  });

  it('counts any 5xx against the service, does not try 500 again, and passes it on as it came until the circuit opens', async () => {
    const { origin, seen } = await serve((_, response) => response.writeHead(500, { 'x-a': '1' }).end('boom'));
    const forwarder = clientOf(origin, { maxAttempts: 3 }).service('shop').forwarder({ circuitBreaker: { failureThreshold: 2, openMs: 60_000 } });
    const ask = () => forwarder.send({ method: 'GET', path: '/x', headers: [], body: undefined, upgrade: undefined, idleTimeoutMs: 10_000, context: testContext({}) }, { dueAt: systemClock.now() + 10_000, repeatable: true, cancellation: new Cancellation() });
    for (let count = 0; count < 2; count++) {
      const answer = await ask();
      expect([answer.status, answer.fields.get('x-a'), await bodyOf(answer)]).toEqual([500, '1', 'boom']);
    }
    await expect(ask()).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect(seen).toHaveLength(2);
  });

  it('counts no 4xx, be it 429', async () => {
    let status = 404;
    const { origin, seen } = await serve((_, response) => response.writeHead(status++ === 404 ? 404 : 429).end());
    const forwarder = clientOf(origin, { maxAttempts: 1 }).service('shop').forwarder({ circuitBreaker: { failureThreshold: 1 } });
    const facts = { dueAt: systemClock.now() + 10_000, repeatable: true, cancellation: new Cancellation() };
    const call: ForwardCall = { method: 'GET', path: '/x', headers: [], body: undefined, upgrade: undefined, idleTimeoutMs: 10_000, context: testContext({}) };
    const statuses: number[] = [];
    for (let count = 0; count < 3; count++) statuses.push((await forwarder.send(call, facts)).status);
    expect([statuses, seen.length]).toEqual([[404, 429, 429], 3]);
  });

  it('tells a service that cannot be reached, or goes away without an answer, from one that answers', async () => {
    const { origin } = await serve((request) => request.socket.destroy());
    const left = await send(origin, { maxAttempts: 1 }).catch((error: unknown) => error);
    const gone = await serve(() => {});
    await new Promise((resolve) => gone.server.close(resolve));
    const unreachable = await send(gone.origin, { maxAttempts: 1 }).catch((error: unknown) => error);
    expect([isUnreachable(left), isUnreachable(unreachable), isUnreachable(new PorticoError('SERVICE_UNAVAILABLE'))]).toEqual([true, true, false]);
  });

  it('does not send twice what may not be repeated', async () => {
    const { origin, seen } = await serve((_, response) => response.writeHead(503).end());
    expect((await send(origin, { maxAttempts: 3 }, { method: 'POST', body: Buffer.from('x'), repeatable: false })).status).toBe(503);
    expect(seen).toHaveLength(1);
  });

  it('goes to another instance where one cannot be reached, even for what may not be repeated', async () => {
    const { origin } = await serve((_, response) => response.end('fine'));
    const gone = await serve(() => {});
    await new Promise((resolve) => gone.server.close(resolve));
    for (let count = 0; count < 4; count++) {
      const answer = await send([gone.origin, origin], { maxAttempts: 2, balancer: 'round-robin' }, { method: 'POST', body: Buffer.from('x'), repeatable: false });
      expect(await bodyOf(answer)).toBe('fine');
    }
  });

  it('breaks the body off when the service does', async () => {
    let breakOff = (): void => {};
    const { origin } = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '10' }).write('abc');
      breakOff = () => response.destroy();
    });
    const answer = await send(origin, {});
    breakOff();
    await expect(bodyOf(answer)).rejects.toMatchObject({ code: 'SERVICE_ANSWER_INVALID' });
  });

  it('ends the exchange with the service when the client leaves in the middle of the body', async () => {
    const { origin, seen } = await serve((_, response) => response.writeHead(200).write('begun'));
    const context = testContext({});
    const answer = await send(origin, {}, { context });
    const body = answer.body() as Readable;
    const over = new Promise((resolve) => body.once('error', resolve));
    context.cancellation.cancel(new PorticoError('CLIENT_CLOSED'));
    expect(await over).toMatchObject({ code: 'CLIENT_CLOSED' });
    await expect.poll(() => seen[0]?.socket.destroyed).toBe(true);
  });

  it('ends it too when the body is dropped', async () => {
    const { origin, seen } = await serve((_, response) => response.writeHead(200).write('begun'));
    ((await send(origin, {})).body() as Readable).destroy();
    await expect.poll(() => seen[0]?.socket.destroyed).toBe(true);
  });

  it('speaks HTTP/2 without TLS where nothing else will do, and calls nobody who does not', async () => {
    const server = createHttp2Server((request, response) => response.end(`${request.httpVersion} ${request.url}`));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing({ close: async () => void server.close() });
    const opened = async (origin: string) => {
      const runtime = await clientOf(origin).open('new', Object.assign(new ServiceEntry(), { instances: [origin], protocol: 'http2-only', maxAttempts: 1 }), () => {});
      closing(runtime);
      const call: ForwardCall = { method: 'GET', path: '/x', headers: [], body: undefined, upgrade: undefined, idleTimeoutMs: 10_000, context: testContext({}) };
      return runtime.forwarder().send(call, { dueAt: systemClock.now() + 10_000, repeatable: false, cancellation: new Cancellation() });
    };
    expect(await bodyOf(await opened(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))).toBe('2.0 /x');
    const { origin, seen } = await serve((_, response) => response.end());
    await expect(opened(origin)).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect(seen).toEqual([]);
  });

  it('hands over the connection of an upgrade', async () => {
    const { origin, server } = await serve(() => {});
    server.on('upgrade', (_, socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\nX-A: 1\r\n\r\n');
      socket.pipe(socket);
    });
    const answer = await send(origin, {}, { upgrade: 'echo' });
    expect([answer.status, answer.fields.get('x-a')]).toEqual([101, '1']);
    answer.socket?.write('ping');
    expect(String(await new Promise((resolve) => answer.socket?.once('data', resolve)))).toBe('ping');
    answer.socket?.destroy();
  });
});

describe('the place in the trace of a request that is passed on', () => {
  it('is shown to the service for each attempt, under what the context says', async () => {
    const { origin, seen } = await serve((_, response) => void response.writeHead(seen.length < 2 ? 503 : 200).end());
    const parents: (CallSpan | undefined)[] = [];
    const telemetry: Telemetry = {
      ...silentTelemetry,
      openSpan: (_, parent) => ({ spanId: String(parents.push(parent)), parent, traceparent: `attempt-${parents.length}` }),
    };
    const context = testContext();
    context.callSpan = { spanId: 'part', parent: undefined, traceparent: 'part' };
    const forwarder = clientOf(origin, { maxAttempts: 2 }, { telemetry }).service('shop').forwarder();
    const call: ForwardCall = { method: 'GET', path: '/x', headers: ['traceparent', 'request', 'x-other', 'traceparent'], body: undefined, upgrade: undefined, idleTimeoutMs: 10_000, context };
    await forwarder.send(call, { dueAt: systemClock.now() + 10_000, repeatable: true, cancellation: new Cancellation() });
    expect(seen.map(({ headers }) => [headers['traceparent'], headers['x-other']])).toEqual([
      ['attempt-1', 'traceparent'],
      ['attempt-2', 'traceparent'],
    ]);
    expect(parents).toEqual([context.callSpan, context.callSpan]);
  });
});
