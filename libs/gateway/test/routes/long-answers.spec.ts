import { request as ask, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { serviceAt } from '../../src/gateway.config.js';
import { startRouteApp, stubService, type RouteParts } from './route-app.js';

const closing: { close(): unknown }[] = [];

afterEach(async () => {
  await Promise.all(closing.splice(0).map((one) => one.close()));
});

async function app(listener: RequestListener, { stallTimeoutMs = 60_000, ...route }: Partial<RouteParts> & { stallTimeoutMs?: number } = {}) {
  const shop = await stubService(listener);
  const overrides = { services: { shop: { ...serviceAt(shop.origin), maxAttempts: 1 } }, http: { stallTimeoutMs } };
  const started = await startRouteApp({ routes: [{ match: { path: '/events' }, ...route }], shop: shop.origin, overrides });
  closing.push(started, shop);
  return { ...started, shop };
}

/** Asks, and gives the answer as soon as its head has come. */
function open(port: number): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    ask({ port, host: '127.0.0.1', path: '/events', headers: { accept: 'text/event-stream' }, agent: false }, resolve)
      .on('error', reject)
      .end();
  });
}

/** The next piece of an answer. */
function piece(answer: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    answer.once('data', (chunk: Buffer) => resolve(chunk.toString()));
    answer.once('error', reject);
  });
}

/** Begins a list of events, and hands over what sends them. */
function events(onOpen: (send: (text: string) => void, response: ServerResponse) => void): RequestListener {
  return (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.flushHeaders();
    onOpen((text) => void response.write(`data: ${text}\n\n`), response);
  };
}

describe('an answer that goes on', () => {
  it('has its head before anything else comes, and every event at once', async () => {
    let send: (text: string) => void = () => {};
    const { port } = await app(events((sending) => (send = sending)));
    const answer = await open(port);
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'text/event-stream']);
    for (const text of ['1', '2', '3']) {
      const next = piece(answer);
      send(text);
      expect(await next).toBe(`data: ${text}\n\n`);
    }
    answer.destroy();
  });

  it('has no deadline once it has begun', async () => {
    const { port } = await app(
      events((send, response) => void setTimeout(() => (send('late'), response.end()), 150)),
      { timeoutMs: 50 },
    );
    expect(await piece(await open(port))).toBe('data: late\n\n');
  });

  it('is broken off when it has been silent for too long, and not while it speaks', async () => {
    const { port, shop } = await app(
      events((send) => {
        let count = 0;
        const tick = (): void => {
          send(String(++count));
          if (count < 5) setTimeout(tick, 60);
        };
        tick();
      }),
      { idleTimeoutMs: 200 },
    );
    const answer = await open(port);
    let received = '';
    const failure = await new Promise<unknown>((resolve) => {
      answer.on('data', (chunk: Buffer) => (received += chunk.toString()));
      answer.once('end', () => resolve('a whole answer'));
      answer.once('error', resolve);
    });
    expect(received).toContain('data: 5\n');
    expect(failure).toMatchObject({ code: 'ECONNRESET' });
    await expect.poll(() => shop.seen[0]?.socket.destroyed).toBe(true);
  });

  it('comes from the service no faster than the client reads', async () => {
    const chunk = Buffer.alloc(65_536, 'x');
    let sent = 0;
    const { port, shop } = await app((_, response) => {
      response.writeHead(200);
      const write = (): void => {
        if (response.destroyed) return;
        sent += chunk.length;
        if (response.write(chunk)) setImmediate(write);
        else response.once('drain', write);
      };
      write();
    });
    const answer = await open(port);
    answer.pause();
    let before = -1;
    // Sockets of the system hold some megabytes; then nothing more goes.
    await expect.poll(() => sent > 0 && sent === before || ((before = sent), false), { interval: 300, timeout: 10_000 }).toBe(true);
    const held = sent;
    expect(held).toBeLessThan(50_000_000);
    answer.resume();
    await expect.poll(() => sent).toBeGreaterThan(held);
    answer.destroy();
    await expect.poll(() => shop.seen[0]?.socket.destroyed).toBe(true);
  });

  it('is given up when its client takes nothing of it for too long', async () => {
    const { port, shop, logged } = await app((_, response) => void response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(Buffer.alloc(50_000_000)), {
      stallTimeoutMs: 300,
      idleTimeoutMs: 10,
    });
    const answer = await open(port);
    answer.pause();
    expect(await logged(({ msg }) => msg === 'request')).toMatchObject({ path: '/events', aborted: true });
    await expect.poll(() => shop.seen[0]?.socket.destroyed).toBe(true);
  });

  it('ends with its client: 100 that leave hold no connection to the service', async () => {
    const { port, shop, metric } = await app(events((send) => send('first')), {});
    for (let round = 0; round < 4; round++) {
      const answers = await Promise.all(Array.from({ length: 25 }, () => open(port)));
      await Promise.all(answers.map(piece));
      for (const answer of answers) answer.destroy();
    }
    expect(shop.seen).toHaveLength(100);
    await expect.poll(() => shop.seen.filter(({ socket }) => !socket.destroyed).length).toBe(0);
    await expect.poll(() => metric('portico_http_requests_in_flight')).toBe(1);
  });
});
