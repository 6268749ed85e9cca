import { getEventListeners } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { systemClock } from '@portico/core';
import { ManualClock, settle, startFakeService, startRawServer } from '@portico/core/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { selfSigned } from '../test/certificate.js';
import { httpProbe } from './http-probe.js';

const open: { close(): Promise<unknown> }[] = [];
const closing = <T extends { close(): Promise<unknown> }>(server: T): T => (open.push(server), server);
const never = new AbortController().signal;

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

describe('httpProbe', () => {
  it.each([200, 204, 302, 404, 503])('brings the status %i', async (status) => {
    const service = closing(await startFakeService((_, response) => void response.writeHead(status).end()));
    const clock = new ManualClock();
    expect(await httpProbe(clock)(service.origin, '/health?deep=1', 1_000, never)).toBe(status);
    expect(service.seen).toMatchObject([{ method: 'GET', url: '/health?deep=1', headers: { 'user-agent': 'portico-health' } }]);
  });

  it('opens a connection for each check, and keeps none', async () => {
    const ended: Promise<unknown>[] = [];
    const ports = new Set<number | undefined>();
    const service = closing(
      await startFakeService((_, response) => {
        ports.add(response.socket?.remotePort);
        ended.push(new Promise((resolve) => response.socket?.on('close', resolve)));
        return { status: 'up' };
      }),
    );
    const clock = new ManualClock();
    const probe = httpProbe(clock);
    await probe(service.origin, '/', 1_000, never);
    await probe(service.origin, '/', 1_000, never);
    await Promise.all(ended);
    while (clock.pending > 0) await settle();
    expect(getEventListeners(never, 'abort')).toEqual([]);
    expect([ports.size, service.seen.map(({ headers }) => headers.connection), clock.pending]).toEqual([2, ['close', 'close'], 0]);
  });

  it('rejects when nobody listens', async () => {
    const service = await startFakeService(() => ({}));
    await service.close();
    const clock = new ManualClock();
    await expect(httpProbe(clock)(service.origin, '/', 1_000, never)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(clock.pending).toBe(0);
  });

  it('rejects when there is no answer in time, and hangs up', async () => {
    const clock = new ManualClock();
    let asked = (): void => {};
    const arrived = new Promise<void>((resolve) => (asked = resolve));
    const server = closing(await startRawServer(() => asked()));
    const result = expect(httpProbe(clock)(server.origin, '/', 250, never)).rejects.toThrow('had no answer within 250 ms');
    await arrived;
    await clock.advance(250);
    await result;
    await server.leftByClient;
    expect(clock.pending).toBe(0);
  });

  it('hangs up on an answer that does not end in time, whose status counts all the same', async () => {
    const clock = new ManualClock();
    const server = closing(await startRawServer((socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nab')));
    expect(await httpProbe(clock)(server.origin, '/', 250, never)).toBe(200);
    await clock.advance(250);
    await server.leftByClient;
    expect(clock.pending).toBe(0);
  });

  it('asks over TLS, and trusts whom its settings trust', async () => {
    const { cert, key } = selfSigned();
    const server = createServer({ cert, key }, (_, response) => void response.writeHead(204).end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing({ close: () => new Promise((resolve) => server.close(resolve)) });
    const origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await httpProbe(systemClock, { ca: cert })(origin, '/', 5_000, never)).toBe(204);
    expect(await httpProbe(systemClock, { rejectUnauthorized: false })(origin, '/', 5_000, never)).toBe(204);
    await expect(httpProbe(systemClock)(origin, '/', 5_000, never)).rejects.toThrow('self-signed certificate');
  });

  it('rejects what is no HTTP, and a connection that breaks', async () => {
    const noise = closing(await startRawServer((socket) => socket.end('hello\r\n\r\n')));
    const broken = closing(await startRawServer((socket) => socket.destroy()));
    await expect(httpProbe(systemClock)(noise.origin, '/', 5_000, never)).rejects.toThrow();
    await expect(httpProbe(systemClock)(broken.origin, '/', 5_000, never)).rejects.toThrow();
  });

  it('gives up as soon as nobody waits any more', async () => {
    const clock = new ManualClock();
    const given = new AbortController();
    let asked = (): void => {};
    const arrived = new Promise<void>((resolve) => (asked = resolve));
    const server = closing(await startRawServer(() => asked()));
    const result = expect(httpProbe(clock)(server.origin, '/', 250, given.signal)).rejects.toMatchObject({ name: 'AbortError' });
    await arrived;
    given.abort();
    expect(clock.pending).toBe(0);
    await result;
    await server.leftByClient;
  });
});
