import { gzipSync } from 'node:zlib';
import type { Socket } from 'node:net';
import { PorticoError, type ErrorCode } from '@portico/core';
import { ManualClock, startFakeService, startRawServer, testContext, type FakeHandler } from '@portico/core/testing';
import Type from 'typebox';
import { describe, expect, it } from 'vitest';
import { askOf, clientOf, closing, gate, rejection } from '../test/fixtures.js';
import { defineService, ServiceError } from './index.js';

const secret = 'INSERT INTO secrets';
const shop = defineService('shop');
const readThing = shop.get('/things/:id', { reads: Type.Object({ name: Type.String() }) });
const thing = readThing({ params: { id: 't-1' } });
const touchThing = shop.put('/things/:id');

/** All that a client could come to see of an error. */
function visible(error: PorticoError): string {
  return JSON.stringify([error.message, error.code, error.detail, error.faults, error.headers]);
}

function expectNothingLeaks(error: PorticoError, origin: string): void {
  expect(error).toBeInstanceOf(PorticoError);
  for (const inner of [new URL(origin).host, new URL(origin).port, '127.0.0.1', secret, 'shop', '/things', '    at ']) expect(visible(error)).not.toContain(inner);
  expect(error.cause).toBeInstanceOf(Error);
}

const json = { 'content-type': 'application/json' };

/** What would be good JSON, were there not so much of it. */
const bomb = gzipSync(`${' '.repeat(50_000_000)}{"name":"x"}`);

const answers: [string, ErrorCode, FakeHandler][] = [
  ['a wrong type in a field', 'SERVICE_ANSWER_INVALID', () => ({ name: 7, note: secret })],
  ['a field that is missing', 'SERVICE_ANSWER_INVALID', () => ({ note: secret })],
  ['a list instead of an object', 'SERVICE_ANSWER_INVALID', () => [secret]],
  ['null', 'SERVICE_ANSWER_INVALID', (_, response) => response.writeHead(200, json).end('null')],
  ['truncated JSON', 'SERVICE_ANSWER_INVALID', (_, response) => response.writeHead(200, json).end(`{"name":"${secret}`)],
  ['an empty body', 'SERVICE_ANSWER_INVALID', (_, response) => response.writeHead(200, json).end()],
  ['HTML', 'SERVICE_ANSWER_INVALID', (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(`<h1>${secret}</h1>`)],
  ['HTML that claims to be JSON', 'SERVICE_ANSWER_INVALID', (_, response) => response.writeHead(200, json).end(`<h1>${secret}</h1>`)],
  ['no content type', 'SERVICE_ANSWER_INVALID', (_, response) => response.writeHead(200).end('{"name":"x"}')],
  ['a type that only begins like JSON', 'SERVICE_ANSWER_INVALID', (_, response) => response.writeHead(200, { 'content-type': 'application/json-seq' }).end('{"name":"x"}')],
  ['204 where something is read', 'SERVICE_ANSWER_INVALID', (_, response) => response.writeHead(204).end()],
  ['a redirect', 'SERVICE_ANSWER_INVALID', (_, response) => response.writeHead(302, { location: '/elsewhere' }).end()],
  ['304 that nobody asked for', 'SERVICE_ANSWER_INVALID', (_, response) => response.writeHead(304).end()],
  ['401', 'SERVICE_ANSWER_INVALID', (_, response) => response.writeHead(401, json).end(`{"error":"${secret}"}`)],
  ['404 that the endpoint has no word for', 'SERVICE_ANSWER_INVALID', (_, response) => response.writeHead(404, json).end(`{"error":"${secret}"}`)],
  ['500 with a stack', 'SERVICE_ANSWER_INVALID', (_, response) => response.writeHead(500, { 'content-type': 'text/plain' }).end(`Error: ${secret}\n    at main.js:1`)],
  ['501', 'SERVICE_ANSWER_INVALID', (_, response) => response.writeHead(501).end()],
  ['504', 'SERVICE_TIMEOUT', (_, response) => response.writeHead(504).end(secret)],
  ['503', 'SERVICE_UNAVAILABLE', (_, response) => response.writeHead(503).end(secret)],
  ['429', 'SERVICE_UNAVAILABLE', (_, response) => response.writeHead(429).end(secret)],
  ['an unknown content encoding', 'SERVICE_ANSWER_INVALID', (_, response) => response.writeHead(200, { ...json, 'content-encoding': 'rot13' }).end('{"name":"x"}')],
  ['an encoding named like a property of every object', 'SERVICE_ANSWER_INVALID', (_, response) => response.writeHead(200, { ...json, 'content-encoding': 'constructor' }).end('{"name":"x"}')],
  ['gzip that is none', 'SERVICE_ANSWER_INVALID', (_, response) => response.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end(`{"name":"${secret}"}`)],
  ['brotli that is cut off', 'SERVICE_ANSWER_INVALID', (_, response) => response.writeHead(200, { ...json, 'content-encoding': 'br' }).end(Buffer.from([0x0b, 0x05]))],
  ['50 MB packed into 50 KB', 'SERVICE_ANSWER_INVALID', (_, response) => response.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end(bomb)],
];

describe('a service that lies in proper HTTP', () => {
  it.each(answers)('answers %s: %s', async (_, code, handler) => {
    const service = closing(await startFakeService(handler));
    const error = (await rejection(clientOf(service.origin).run(thing, askOf(testContext())))) as ServiceError;
    expect(error.code).toBe(code);
    expectNothingLeaks(error, service.origin);
    expect((error.cause as Error).message).toContain('shop');
    expect(service.seen).toHaveLength(1);
  });

  it('says in the cause where the shape is wrong', async () => {
    const service = closing(await startFakeService(() => ({ name: 7 })));
    const error = await rejection(clientOf(service.origin).run(thing, askOf(testContext())));
    expect((error.cause as Error).message).toMatch(/wrong shape at \/name/);
  });

  it('reads what it asked for whatever else there is', async () => {
    const service = closing(await startFakeService(() => ({ name: 'x', more: { than: ['was', 'asked'] } })));
    await expect(clientOf(service.origin).run(thing, askOf(testContext()))).resolves.toMatchObject({ name: 'x' });
  });

  it.each([
    ['gzip', gzipSync('{"name":"packed"}')],
    ['GZIP', gzipSync('{"name":"packed"}')],
    ['identity', Buffer.from('{"name":"packed"}')],
    ['Identity', Buffer.from('{"name":"packed"}')],
  ])('reads a body in the encoding %s', async (encoding, body) => {
    const service = closing(await startFakeService((_, response) => void response.writeHead(200, { ...json, 'content-encoding': encoding }).end(body)));
    await expect(clientOf(service.origin).run(thing, askOf(testContext()))).resolves.toEqual({ name: 'packed' });
  });

  it.each([[204], [200], [202]])('takes %i without a body for success where nothing is read', async (status) => {
    const service = closing(await startFakeService((_, response) => void response.writeHead(status, { 'content-encoding': 'gzip' }).end()));
    await expect(clientOf(service.origin).run(touchThing({ params: { id: 't-1' } }), askOf(testContext()))).resolves.toBeUndefined();
  });

  it('lets a status mean what the endpoint says it means', async () => {
    const service = closing(await startFakeService((_, response) => void response.writeHead(404, { 'content-encoding': 'gzip' }).end(secret)));
    const find = shop.get('/things/:id', { reads: Type.Object({}), refusals: { 404: 'RESOURCE_NOT_FOUND' } });
    const error = (await rejection(clientOf(service.origin).run(find({ params: { id: 'x' } }), askOf(testContext())))) as ServiceError;
    expect(error).toMatchObject({ code: 'RESOURCE_NOT_FOUND', status: 404 });
    expectNothingLeaks(error, service.origin);
  });

  it('passes early hints over', async () => {
    const service = closing(
      await startFakeService((_, response) => {
        response.writeEarlyHints({ link: '</style.css>; rel=preload' });
        return { name: 'x' };
      }),
    );
    await expect(clientOf(service.origin).run(thing, askOf(testContext()))).resolves.toEqual({ name: 'x' });
  });

  it.each([
    ['7', '7'],
    ['0', '1'],
    ['Thu, 01 Jan 2026 00:00:30 GMT', '30'],
    ['Wed, 31 Dec 2025 23:00:00 GMT', '1'],
    ['999999999', '3600'],
    ['soon', '1'],
    ['-5', '1'],
  ])('turns its Retry-After "%s" into %s seconds for the client', async (field, seconds) => {
    const service = closing(await startFakeService((_, response) => void response.writeHead(503, { 'retry-after': field }).end()));
    const clock = new ManualClock();
    const context = testContext({ clock });
    const error = (await rejection(clientOf(service.origin, {}, { clock }).run(thing, askOf(context, 2_000, clock)))) as ServiceError;
    expect(error.headers).toEqual({ 'retry-after': seconds });
  });
});

describe('a service that sends too much', () => {
  const megabyte = Buffer.alloc(1_048_576, 0x20);

  it('is not read when it announces 50 MB', async () => {
    const server = closing(await startRawServer((socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 52428800\r\n\r\n')));
    const error = (await rejection(clientOf(server.origin).run(thing, askOf(testContext())))) as ServiceError;
    expect(error.code).toBe('SERVICE_ANSWER_INVALID');
    expectNothingLeaks(error, server.origin);
    await server.leftByClient;
  });

  it('is left as soon as 50 MB that it did not announce pass the limit', async () => {
    let sent = 0;
    const pour = (socket: Socket): void => {
      while (!socket.destroyed && sent < 50) {
        sent++;
        socket.write(`${megabyte.length.toString(16)}\r\n`);
        if (!socket.write(Buffer.concat([megabyte, Buffer.from('\r\n')]))) return void socket.once('drain', () => pour(socket));
      }
    };
    const server = closing(
      await startRawServer((socket) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n');
        pour(socket);
      }),
    );
    const error = (await rejection(clientOf(server.origin).run(thing, askOf(testContext())))) as ServiceError;
    expect(error.code).toBe('SERVICE_ANSWER_INVALID');
    expectNothingLeaks(error, server.origin);
    await server.leftByClient;
    expect(sent).toBeLessThan(50);
  });

  it('is still understood when it refuses with 50 MB', async () => {
    const server = closing(await startRawServer((socket) => socket.write('HTTP/1.1 503 No\r\nretry-after: 9\r\ncontent-length: 52428800\r\n\r\n')));
    const error = (await rejection(clientOf(server.origin).run(thing, askOf(testContext())))) as ServiceError;
    expect(error).toMatchObject({ code: 'SERVICE_UNAVAILABLE', headers: { 'retry-after': '9' } });
    await server.leftByClient;
  });

  it('is read up to the configured limit, to the byte', async () => {
    const body = JSON.stringify({ name: 'x'.repeat(89) });
    const service = closing(await startFakeService((_, response) => void response.writeHead(200, json).end(body)));
    await expect(clientOf(service.origin, { maxBodyBytes: body.length }).run(thing, askOf(testContext()))).resolves.toHaveProperty('name');
    await expect(clientOf(service.origin, { maxBodyBytes: body.length - 1 }).run(thing, askOf(testContext()))).rejects.toMatchObject({ code: 'SERVICE_ANSWER_INVALID' });
  });
});

const broken: [string, ErrorCode, (socket: Socket) => void][] = [
  ['resets before it answers', 'SERVICE_UNAVAILABLE', (socket) => socket.resetAndDestroy()],
  ['hangs up before it answers', 'SERVICE_UNAVAILABLE', (socket) => socket.destroy()],
  ['resets in the middle of its header fields', 'SERVICE_UNAVAILABLE', (socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-ty', () => socket.resetAndDestroy())],
  ['hangs up in the middle of its body', 'SERVICE_ANSWER_INVALID', (socket) => socket.end(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 400\r\n\r\n{"name":"${secret}`)],
  ['hangs up between two chunks', 'SERVICE_ANSWER_INVALID', (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n8\r\n{"name":\r\n')],
  ['sends no chunk length', 'SERVICE_ANSWER_INVALID', (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nnonsense')],
  ['speaks no HTTP', 'SERVICE_ANSWER_INVALID', (socket) => socket.end(`${secret}\r\n\r\n`)],
  ['sends 100 KB of header fields', 'SERVICE_ANSWER_INVALID', (socket) => socket.end(`HTTP/1.1 200 OK\r\n${'x-more: 0123456789\r\n'.repeat(5_000)}\r\n`)],
  ['names two lengths', 'SERVICE_ANSWER_INVALID', (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}')],
  ['changes the protocol', 'SERVICE_UNAVAILABLE', (socket) => socket.end('HTTP/1.1 101 Switching Protocols\r\nupgrade: other\r\nconnection: upgrade\r\n\r\n')],
];

describe('a service that breaks HTTP', () => {
  it.each(broken)('%s: %s', async (_, code, handler) => {
    const server = closing(await startRawServer(handler));
    const error = (await rejection(clientOf(server.origin).run(thing, askOf(testContext())))) as ServiceError;
    expect(error.code).toBe(code);
    expectNothingLeaks(error, server.origin);
    expect((error.cause as Error).cause).toBeInstanceOf(Error);
  });

  it('is unavailable when it refuses the connection', async () => {
    const server = await startRawServer(() => {});
    await server.close();
    const error = (await rejection(clientOf(server.origin).run(thing, askOf(testContext())))) as ServiceError;
    expect(error).toMatchObject({ code: 'SERVICE_UNAVAILABLE', status: 503, headers: { 'retry-after': '1' }, failure: { sent: false } });
    expectNothingLeaks(error, server.origin);
    expect(((error.cause as Error).cause as { code?: string }).code).toBe('ECONNREFUSED');
  });

  it('is not believed when a refusal with a meaning breaks off', async () => {
    const server = closing(await startRawServer((socket) => socket.end('HTTP/1.1 404 No\r\ncontent-length: 400\r\n\r\ncut')));
    const find = shop.get('/things/:id', { reads: Type.Object({}), refusals: { 404: 'RESOURCE_NOT_FOUND' } });
    await expect(clientOf(server.origin).run(find({ params: { id: 'x' } }), askOf(testContext()))).rejects.toMatchObject({ code: 'SERVICE_ANSWER_INVALID' });
  });

  it('keeps its word about trouble when that breaks off', async () => {
    const server = closing(await startRawServer((socket) => socket.end('HTTP/1.1 503 No\r\nretry-after: 9\r\ncontent-length: 400\r\n\r\ncut')));
    await expect(clientOf(server.origin).run(thing, askOf(testContext()))).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE', headers: { 'retry-after': '9' } });
  });
});

describe('a service that is slow', () => {
  it.each([
    ['with its header fields', ''],
    ['with its body', 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 400\r\n\r\n{"name":'],
    ['after an interim answer', 'HTTP/1.1 102 Processing\r\n\r\n'],
    ['with the body of a refusal', 'HTTP/1.1 500 No\r\ncontent-length: 400\r\n\r\n'],
  ])('%s is given up when the attempt has had its time, and its socket closed', async (_, start) => {
    const clock = new ManualClock();
    const asked = gate();
    const server = closing(
      await startRawServer((socket) => {
        if (start === '') asked.open();
        else socket.write(start, () => asked.open());
      }),
    );
    const failed = rejection(clientOf(server.origin, { attemptTimeoutMs: 400 }, { clock }).run(thing, askOf(testContext({ clock }), 2_000, clock)));
    await asked.opened;
    await clock.advance(399);
    expect(server.seen).toHaveLength(1);
    await clock.advance(1);
    expect(await failed).toMatchObject({ code: 'SERVICE_TIMEOUT', status: 504 });
    await server.leftByClient;
    expect(clock.pending).toBe(0);
  });

  it('costs no more than is left of the deadline', async () => {
    const clock = new ManualClock();
    const asked = gate();
    const server = closing(await startRawServer(() => asked.open()));
    const failed = rejection(clientOf(server.origin, { attemptTimeoutMs: 1_000 }, { clock }).run(thing, askOf(testContext({ clock }), 120, clock)));
    await asked.opened;
    await clock.advance(120);
    const error = (await failed) as PorticoError;
    expect(error.code).toBe('SERVICE_TIMEOUT');
    expect(visible(error)).not.toContain(new URL(server.origin).port);
  });

  it('is not asked at all when no time is left', async () => {
    const service = closing(await startFakeService(() => ({ name: 'x' })));
    await expect(clientOf(service.origin).run(thing, askOf(testContext(), 0))).rejects.toMatchObject({ code: 'SERVICE_TIMEOUT' });
    expect(service.seen).toHaveLength(0);
  });
});
