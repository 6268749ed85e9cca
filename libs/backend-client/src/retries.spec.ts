import { PorticoError, type PartCache } from '@portico/core';
import { ManualClock, settle, startFakeService, startRawServer, testContext, type FakeService } from '@portico/core/testing';
import Type from 'typebox';
import { describe, expect, it } from 'vitest';
import { askOf, clientOf, closing, gate, Heard, rejection } from '../test/fixtures.js';
import { defineService, ServiceError } from './index.js';

const shop = defineService('shop');
const Thing = Type.Object({ name: Type.String() });
const readThing = shop.get('/thing', { reads: Thing });
const order = shop.post('/orders');
const orderOnce = shop.post('/orders', { repeatable: true });
const three = { maxAttempts: 3 };

describe('a failed call', () => {
  it('is sent again when it may be, and the last answer counts', async () => {
    const telemetry = new Heard();
    const service: FakeService = closing(await startFakeService((_, response) => (service.seen.length < 3 ? void response.writeHead(503).end() : { name: 'third' })));
    await expect(clientOf(service.origin, three, { telemetry }).run(readThing(), askOf(testContext()))).resolves.toEqual({ name: 'third' });
    expect(telemetry.events).toEqual([
      ['shop', 'retried'],
      ['shop', 'retried'],
    ]);
    expect(telemetry.attempts.map(({ service: name, instance, attempt, status, error }) => [name, instance, attempt, status, (error as PorticoError | undefined)?.code])).toEqual([
      ['shop', service.origin, 1, 503, 'SERVICE_UNAVAILABLE'],
      ['shop', service.origin, 2, 503, 'SERVICE_UNAVAILABLE'],
      ['shop', service.origin, 3, 200, undefined],
    ]);
  });

  it('is given up after the configured number of attempts', async () => {
    const service = closing(await startFakeService((_, response) => void response.writeHead(500).end()));
    await expect(clientOf(service.origin, three).run(readThing(), askOf(testContext()))).rejects.toMatchObject({ code: 'SERVICE_ANSWER_INVALID' });
    expect(service.seen).toHaveLength(3);
  });

  it.each([[400], [401], [404], [409], [422]])('is not sent again after %i', async (status) => {
    const service = closing(await startFakeService((_, response) => void response.writeHead(status).end()));
    await rejection(clientOf(service.origin, three).run(readThing(), askOf(testContext())));
    expect(service.seen).toHaveLength(1);
  });

  it('is not sent again for an answer that came whole and is wrong', async () => {
    const service = closing(await startFakeService(() => ({ name: 1 })));
    await rejection(clientOf(service.origin, three).run(readThing(), askOf(testContext())));
    expect(service.seen).toHaveLength(1);
  });

  it('is sent again after an answer that broke off', async () => {
    const server = closing(
      await startRawServer((socket) =>
        socket.end(server.seen.length === 1 ? 'HTTP/1.1 200 OK\r\ncontent-length: 40\r\n\r\n{' : 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 12\r\n\r\n{"name":"x"}'),
      ),
    );
    await expect(clientOf(server.origin, three).run(readThing(), askOf(testContext()))).resolves.toEqual({ name: 'x' });
  });

  it.each([
    ['answers 503', 'HTTP/1.1 503 No\r\ncontent-length: 0\r\n\r\n'],
    ['hangs up', ''],
  ])('is sent once as POST when the service %s: it may have done it', async (_, answer) => {
    const server = closing(await startRawServer((socket) => socket.end(answer)));
    await rejection(clientOf(server.origin, three).run(order({ body: { item: 1 } }), askOf(testContext())));
    expect(server.seen).toHaveLength(1);
  });

  it('is sent again as POST where the endpoint declares that it may be', async () => {
    const service = closing(await startFakeService((_, response) => void response.writeHead(service.seen.length === 1 ? 503 : 201).end()));
    await clientOf(service.origin, three).run(orderOnce({ body: { item: 1 } }), askOf(testContext()));
    expect(service.seen.map(({ body }) => body)).toEqual(['{"item":1}', '{"item":1}']);
  });

  it('is sent to another instance as POST when the first one refused the connection: it was never sent', async () => {
    const closed = await startRawServer(() => {});
    await closed.close();
    const service = closing(await startFakeService((_, response) => void response.writeHead(201).end()));
    const client = clientOf([closed.origin, service.origin], { ...three, balancer: 'round-robin' });
    for (let count = 0; count < 4; count++) await client.run(order({ body: { count } }), askOf(testContext()));
    expect(service.seen.map(({ body }) => JSON.parse(body).count)).toEqual([0, 1, 2, 3]);
  });

  it('goes to another instance the next time', async () => {
    const bad = closing(await startFakeService((_, response) => void response.writeHead(503).end()));
    const good = closing(await startFakeService(() => ({ name: 'good' })));
    for (const balancer of ['least-request', 'round-robin']) {
      const client = clientOf([bad.origin, good.origin], { ...three, balancer, breakerFailures: 100 });
      for (let count = 0; count < 6; count++) await expect(client.run(readThing(), askOf(testContext()))).resolves.toEqual({ name: 'good' });
    }
    expect(bad.seen.length).toBeGreaterThan(0);
    expect(good.seen).toHaveLength(12);
  });

  it('is not sent again when the service asks for more time than is left', async () => {
    const service = closing(await startFakeService((_, response) => void response.writeHead(503, { 'retry-after': '60' }).end()));
    await expect(clientOf(service.origin, three).run(readThing(), askOf(testContext()))).rejects.toMatchObject({ headers: { 'retry-after': '60' } });
    expect(service.seen).toHaveLength(1);
  });

  it('is not sent when the request itself is at fault, and nobody else pays for it', async () => {
    const service = closing(await startFakeService(() => ({ name: 'x' })));
    const client = clientOf(service.origin, { ...three, breakerFailures: 2 });
    for (let count = 0; count < 10; count++) {
      const error = await rejection(client.run(readThing({ headers: { 'x-note': 'a\r\nb: c' } }), askOf(testContext())));
      expect(error).toMatchObject({ code: 'INTERNAL', message: 'The gateway failed' });
    }
    await expect(client.run(readThing(), askOf(testContext()))).resolves.toEqual({ name: 'x' });
    expect(client.service('shop').instances()[0]).toMatchObject({ active: 0, consecutiveFailures: 0 });
    expect(service.seen).toHaveLength(1);
  });
});

describe('a failing service', () => {
  it('is left alone once the breaker is open, and tried again later', async () => {
    const clock = new ManualClock();
    const telemetry = new Heard();
    let status = 500;
    const service = closing(await startFakeService((_, response) => (status === 200 ? { name: 'x' } : void response.writeHead(status).end())));
    const client = clientOf(service.origin, { breakerFailures: 3, breakerOpenMs: 4_000 }, { clock, telemetry });
    const run = (): Promise<unknown> => client.run(readThing(), askOf(testContext({ clock }), 2_000, clock));
    for (let count = 0; count < 3; count++) await rejection(run());
    expect(await rejection(run())).toMatchObject({ code: 'SERVICE_UNAVAILABLE', headers: { 'retry-after': '4' } });
    expect(service.seen).toHaveLength(3);
    status = 200;
    await clock.advance(4_000);
    await expect(run()).resolves.toEqual({ name: 'x' });
    expect(telemetry.events.map(([, event]) => event)).toEqual(['breaker-opened', 'breaker-refused', 'breaker-half-opened', 'breaker-closed']);
  });

  it.each([[404], [429]])('does not open the breaker by %i', async (status) => {
    const telemetry = new Heard();
    const service = closing(await startFakeService((_, response) => void response.writeHead(status).end()));
    const client = clientOf(service.origin, { breakerFailures: 2 }, { telemetry });
    for (let count = 0; count < 5; count++) await rejection(client.run(readThing(), askOf(testContext())));
    expect(service.seen).toHaveLength(5);
    expect(telemetry.count('breaker-opened')).toBe(0);
  });

  it('loses the instance that keeps failing, and the others go on', async () => {
    const telemetry = new Heard();
    const bad = closing(await startFakeService((_, response) => void response.writeHead(500).end()));
    const good = closing(await startFakeService(() => ({ name: 'good' })));
    const client = clientOf([bad.origin, good.origin], { ...three, balancer: 'round-robin', breakerFailures: 1_000 }, { telemetry });
    for (let count = 0; count < 20; count++) await client.run(readThing(), askOf(testContext()));
    expect(telemetry.count('instance-ejected')).toBe(1);
    expect(bad.seen).toHaveLength(5);
    expect(good.seen).toHaveLength(20);
  });

  it('is not blamed when the client leaves, or when the work is given up for the fault of another', async () => {
    const telemetry = new Heard();
    const asked = gate();
    const service = closing(await startFakeService(() => asked.open()));
    const client = clientOf(service.origin, { breakerFailures: 1 }, { telemetry });
    const ask = askOf(testContext());
    const failed = rejection(client.run(readThing(), ask));
    await asked.opened;
    const reason = new ServiceError('SERVICE_UNAVAILABLE', 'another', 'answered 503', { retryable: true, countsAgainstService: true, sent: true, retryAfterMs: undefined });
    ask.cancellation.cancel(reason);
    expect(await failed).toBe(reason);
    await settle();
    expect(client.service('shop').instances()[0]).toMatchObject({ active: 0, consecutiveFailures: 0 });
    expect(telemetry.events).toEqual([]);
  });

  it('refuses what exceeds the bulkhead', async () => {
    const telemetry = new Heard();
    const asked = gate();
    const answer = gate();
    const service = closing(await startFakeService(() => (asked.open(), answer.opened.then(() => ({ name: 'x' })))));
    const client = clientOf(service.origin, { maxConcurrent: 1, maxQueued: 0 }, { telemetry });
    const first = client.run(readThing(), askOf(testContext()));
    await asked.opened;
    await expect(client.run(readThing(), askOf(testContext()))).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE', headers: { 'retry-after': '1' } });
    answer.open();
    await expect(first).resolves.toEqual({ name: 'x' });
    expect(telemetry.events).toEqual([['shop', 'bulkhead-refused']]);
  });

  it('gets a rival for a slow attempt, on another instance, and the loser is hung up on', async () => {
    const clock = new ManualClock();
    const telemetry = new Heard();
    const asked = gate();
    const hungUp = gate();
    let holds = false;
    const slow = closing(
      await startFakeService((_, response) => {
        if (!holds) return { name: 'slow' };
        response.on('close', () => hungUp.open());
        return asked.open();
      }),
    );
    const fast = closing(await startFakeService(() => ({ name: 'fast' })));
    const client = clientOf([slow.origin, fast.origin], { balancer: 'round-robin', hedgeAfterMs: 30 }, { clock, telemetry });
    const run = (): Promise<unknown> => client.run(readThing(), askOf(testContext({ clock }), 2_000, clock));
    // Rivals are 5 % of the calls: twenty calls earn one.
    for (let count = 0; count < 20; count++) await run();
    holds = true;
    const answer = run();
    await asked.opened;
    await clock.advance(30);
    await expect(answer).resolves.toEqual({ name: 'fast' });
    await hungUp.opened;
    expect(telemetry.count('hedged')).toBe(1);
    expect(clock.pending).toBe(0);
  });
});

describe('a call', () => {
  it('tells the service how long it may take: the attempt, or what is left of the deadline', async () => {
    const clock = new ManualClock();
    const service = closing(await startFakeService(() => ({ name: 'x' })));
    const client = clientOf(service.origin, { attemptTimeoutMs: 800, totalTimeoutMs: 3_000 }, { clock });
    const remaining = async (timeMs: number): Promise<string | undefined> => {
      await client.run(readThing(), askOf(testContext({ clock }), timeMs, clock));
      return service.seen.at(-1)?.headers['portico-timeout-ms'] as string | undefined;
    };
    expect(await remaining(2_000)).toBe('800');
    expect(await remaining(250.9)).toBe('250');
    expect(await remaining(0.5)).toBe('1');
    expect(await remaining(Infinity)).toBe('800');
  });

  it('carries correlation id and trace, and nothing that the front end sent', async () => {
    const service = closing(await startFakeService(() => ({ name: 'x' })));
    const context = testContext({ id: 'corr-1', headers: { authorization: 'Bearer secret', cookie: 'a=b', 'x-forwarded-for': '1.2.3.4', 'x-role': 'admin' } });
    await clientOf(service.origin).run(readThing(), askOf(context));
    const { host, connection, 'portico-timeout-ms': _, ...rest } = service.seen[0]?.headers ?? {};
    expect([host, connection]).toEqual([new URL(service.origin).host, 'keep-alive']);
    expect(rest).toEqual({ accept: 'application/json', 'x-correlation-id': 'corr-1', traceparent: `00-${context.trace.traceId}-${context.trace.spanId}-00` });
  });

  it('may say more, but not otherwise than the context', async () => {
    const service = closing(await startFakeService(() => ({ name: 'x' })));
    const context = testContext({ id: 'corr-1' });
    await clientOf(service.origin).run(readThing({ headers: { accept: 'application/hal+json', 'x-tenant': 't1', 'x-correlation-id': 'forged', 'portico-timeout-ms': '999999' } }), askOf(context, 300));
    expect(service.seen[0]?.headers).toMatchObject({ accept: 'application/hal+json', 'x-tenant': 't1', 'x-correlation-id': 'corr-1' });
    expect(Number(service.seen[0]?.headers['portico-timeout-ms'])).toBeLessThanOrEqual(300);
  });

  it('sends its body as JSON', async () => {
    const service = closing(await startFakeService((_, response) => void response.writeHead(204).end()));
    await clientOf(service.origin).run(order({ body: { lines: [{ id: 'p-1', note: 'ä' }] }, query: { dry: true } }), askOf(testContext()));
    expect(service.seen[0]).toMatchObject({ method: 'POST', url: '/orders?dry=true', body: '{"lines":[{"id":"p-1","note":"ä"}]}', headers: { 'content-type': 'application/json' } });
  });

  it('to a service that is not configured is a fault of the gateway', async () => {
    const client = clientOf('http://127.0.0.1:9');
    await expect(client.run(defineService('nobody').get('/x')(), askOf(testContext()))).rejects.toMatchObject({ code: 'INTERNAL' });
  });

  it('that nobody waits for any more aborts at the service', async () => {
    const asked = gate();
    const server = closing(await startRawServer(() => asked.open()));
    const context = testContext();
    const ask = { context, dueAt: Infinity, cancellation: context.cancellation };
    const failed = rejection(clientOf(server.origin).run(readThing(), ask));
    await asked.opened;
    const reason = new PorticoError('CLIENT_CLOSED');
    context.cancellation.cancel(reason);
    expect(await failed).toBe(reason);
    await server.leftByClient;
  });
});

describe('an endpoint', () => {
  it('keeps answers to GET only', () => {
    expect(() => shop.post('/x', { keep: { freshMs: 1 } })).toThrow('only answers to GET can be kept');
  });

  it('without a part cache asks each time', async () => {
    const service = closing(await startFakeService(() => ({ name: 'x' })));
    const client = clientOf(service.origin, {}, { cache: undefined as unknown as PartCache });
    const kept = shop.get('/kept', { reads: Thing, keep: { freshMs: 60_000 } });
    await client.run(kept(), askOf(testContext()));
    await client.run(kept(), askOf(testContext()));
    expect(service.seen).toHaveLength(2);
    expect(await client.stale(kept(), testContext())).toBeUndefined();
  });
});
