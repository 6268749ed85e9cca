import { Agent } from 'node:https';
import { connect as connectHttp2 } from 'node:http2';
import { request } from 'node:https';
import { realProgram } from '@portico/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import WebSocket, { WebSocketServer } from 'ws';
import { TestEdge, until } from './test-edge.js';
import { TestInstance, type InstanceOptions } from './test-instance.js';

const nginx = realProgram('nginx');

describe.skipIf(nginx.absent)(`${nginx.title}: replicas behind the edge`, () => {
  let edge: TestEdge | undefined;
  let one: TestInstance;
  let two: TestInstance;
  const sockets = new WebSocketServer({ noServer: true });

  const options: InstanceOptions = {
    answer: (asked, response) => {
      if (asked.url !== '/events') return false;
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: first\n\n');
      asked.on('close', () => response.end());
      return true;
    },
    upgrade: (asked, socket, head) => sockets.handleUpgrade(asked, socket, head, (accepted) => accepted.on('message', (message) => accepted.send(`echo ${String(message)}`))),
  };

  beforeEach(async () => {
    one = await TestInstance.start('one', { ...options, replica: 'replica-1' });
    two = await TestInstance.start('two', { ...options, replica: 'replica-2' });
  });

  afterEach(async () => {
    await edge?.close();
    edge = undefined;
    await one.kill();
    await two.kill();
  });

  const started = async (pool: object = {}, more: object = {}): Promise<TestEdge> => {
    edge = await TestEdge.start({ shutdownGraceMs: 10_000, pools: { web: { instances: [one.address, two.address], healthIntervalMs: 50, ...pool } }, sites: [{ hosts: ['shop.localhost'], pool: 'web', paths: [{ prefix: '/hubs/', answerTimeoutMs: 3_600_000 }] }], ...more });
    return edge;
  };
  const whoAnswers = async (from: TestEdge, path = '/', headers: Record<string, string> = {}): Promise<unknown> => (await from.send(path, { headers })).headers['x-instance'];
  const webSocket = async (from: TestEdge, path: string): Promise<WebSocket> => {
    const socket = new WebSocket(`wss://127.0.0.1:${from.httpsPort}${path}`, { ca: from.ca, servername: 'shop.localhost', headers: { host: 'shop.localhost' } } as WebSocket.ClientOptions);
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    return socket;
  };
  const answerers = async (from: TestEdge, count: number, path?: string): Promise<unknown[]> => {
    const seen = [];
    for (let index = 0; index < count; index++) seen.push(await whoAnswers(from, path));
    return seen;
  };

  it('share the requests', async () => {
    const seen = await answerers(await started(), 20);
    expect(seen.filter((name) => name === 'one').length).toBeGreaterThanOrEqual(5);
    expect(seen.filter((name) => name === 'two').length).toBeGreaterThanOrEqual(5);
  });

  it('lose no GET when one of them is killed', async () => {
    // The probes are too rare to notice: it is the requests that find out.
    const from = await started({ healthIntervalMs: 600_000 });
    await answerers(from, 4);
    const [, ...statuses] = await Promise.all([one.kill(), ...Array.from({ length: 40 }, async () => (await from.send('/')).status)]);
    expect(new Set([...statuses, ...(await Promise.all(Array.from({ length: 20 }, async () => (await from.send('/')).status)))])).toEqual(new Set([200]));
    expect(new Set(await answerers(from, 6))).toEqual(new Set(['two']));
  });

  it.each([['GET', 2], ['PUT', 2], ['POST', 1], ['PATCH', 1]] as const)('that break off in a %s are asked %d times in all: nothing is repeated that may have had an effect', async (method, count) => {
    let asked = 0;
    const dying = await Promise.all(
      ['three', 'four'].map((name) =>
        TestInstance.start(name, {
          answer: (request) => {
            asked++;
            request.socket.destroy();
            return true;
          },
        }),
      ),
    );
    const from = await started({ instances: dying.map(({ address }) => address) });
    const { status, body } = await from.send('/orders', { method, ...(method === 'GET' ? {} : { body: '{}', headers: { 'content-type': 'application/json', 'content-length': '2' } }) });
    expect([status, JSON.parse(body)]).toEqual([503, expect.objectContaining({ code: 'BFF_UNAVAILABLE' })]);
    expect(asked).toBe(count);
    for (const each of dying) await each.kill();
  });

  it('get no new requests while they drain, and keep what is open', async () => {
    const from = await started();
    const socket = await webSocket(from, '/hubs/shop?id=replica-1.abc');
    one.health = 503;
    await from.line(({ msg, finding }) => msg === 'An instance takes no more requests' && finding === 'draining');
    await until(async () => new Set(await answerers(from, 8)).size === 1);
    const echoed = new Promise((resolve) => socket.once('message', (message) => resolve(String(message))));
    socket.send('still here');
    expect(await echoed).toBe('echo still here');
    one.health = 200;
    await until(async () => new Set(await answerers(from, 8)).size === 2);
    socket.close();
  });

  it('all get requests when the probes find none that is healthy', async () => {
    one.health = two.health = 500;
    expect(new Set(await answerers(await started(), 10))).toEqual(new Set(['one', 'two']));
  });

  it('are found by their name', async () => {
    expect(await answerers(await started({ instances: undefined, host: 'localhost', port: Number(two.address.split(':')[1]) }), 2)).toEqual(['two', 'two']);
  });

  it('come in only when they say that they are ready', async () => {
    two.health = 503;
    expect(new Set(await answerers(await started(), 10))).toEqual(new Set(['one']));
  });

  it('lose no request when the configuration changes', async () => {
    const from = await started();
    const failed: unknown[] = [];
    let running = true;
    const load = Promise.all(
      Array.from({ length: 4 }, async () => {
        while (running) await from.send('/').then(({ status }) => status !== 200 && failed.push(status), (error) => failed.push(error));
      }),
    );
    for (const health of [503, 200, 503, 200]) {
      const changes = from.lines.filter(({ msg }) => msg === 'The configuration of nginx has changed').length;
      two.health = health;
      await until(async () => (await from.send('/')).status > 0 && from.lines.filter(({ msg }) => msg === 'The configuration of nginx has changed').length > changes);
    }
    running = false;
    await load;
    expect(failed).toEqual([]);
  });

  it('are reached by the ids of their connections', async () => {
    const from = await started();
    expect(new Set(await answerers(from, 6, '/hubs/shop?id=replica-1.abc'))).toEqual(new Set(['one']));
    expect(new Set(await answerers(from, 6, '/hubs/shop?x=1&id=replica-2.abc'))).toEqual(new Set(['two']));
    expect(new Set(await answerers(from, 10, '/hubs/shop?id=replica-3.abc'))).toEqual(new Set(['one', 'two']));
  });

  it('keep their clients by cookie, and give them up when they drain', async () => {
    const from = await started({ affinity: 'cookie' });
    const { headers } = await from.send('/');
    const [cookie = ''] = headers['set-cookie'] ?? [];
    expect(cookie).toMatch(/^portico_instance_web=[0-9a-f]{16}; Path=\/; Secure; HttpOnly; SameSite=Lax$/);
    const mine = { cookie: `theme=dark; ${cookie.split(';')[0] ?? ''}` };
    const [home, other] = headers['x-instance'] === 'one' ? [one, 'two'] : [two, 'one'];
    for (let index = 0; index < 6; index++) {
      const again = await from.send('/', { headers: mine });
      expect([again.headers['x-instance'], again.headers['set-cookie']]).toEqual([headers['x-instance'], undefined]);
    }
    home.health = 503;
    const gaveUp = async (): Promise<boolean> => {
      const { headers: now } = await from.send('/', { headers: mine });
      return now['x-instance'] === other && now['set-cookie']?.length === 1;
    };
    await until(gaveUp);
  });

  it('speak WebSocket through the edge', async () => {
    const from = await started();
    const socket = await webSocket(from, '/hubs/shop');
    const echoed = new Promise((resolve) => socket.once('message', (message) => resolve(String(message))));
    socket.send('hello');
    expect(await echoed).toBe('echo hello');
    socket.close();
  });

  it('stream events that arrive while the stream is open', async () => {
    const from = await started();
    const first = await new Promise<string>((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port: from.httpsPort, path: '/events', servername: 'shop.localhost', ca: from.ca, headers: { host: 'shop.localhost' }, agent: false }, (answer) => {
        answer.once('data', (chunk) => {
          resolve(String(chunk));
          asked.destroy();
        });
      });
      asked.once('error', reject).end();
    });
    expect(first).toBe('data: first\n\n');
  });

  it('finish what runs when the edge is told to stop', async () => {
    let arrive = (_: () => void): void => {};
    const arrived = new Promise<() => void>((resolve) => (arrive = resolve));
    const slow = await TestInstance.start('slow', {
      answer: (asked, response) => {
        if (asked.url !== '/slow') return false;
        arrive(() => void response.end('finished'));
        return true;
      },
    });
    const from = await started({ instances: [slow.address] });
    const running = from.send('/slow');
    const finish = await arrived;
    from.signal('SIGTERM');
    await from.line(({ msg }) => msg === 'The edge stops');
    await until(async () => from.send('/').then(() => false, () => true));
    finish();
    expect(await running).toMatchObject({ status: 200, body: 'finished' });
    expect(await from.exited).toBe(0);
    await slow.kill();
  });

  it('use one connection of HTTP/2 for many clients', async () => {
    const from = await started();
    const session = connectHttp2(`https://127.0.0.1:${from.httpsPort}`, { ca: from.ca, servername: 'shop.localhost' });
    const statuses = await Promise.all(
      Array.from({ length: 20 }, () => new Promise((resolve) => session.request({ ':path': '/', ':authority': 'shop.localhost' }).once('response', ({ ':status': status }) => resolve(status)).resume())),
    );
    session.close();
    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  it('are reached over connections that are kept', async () => {
    const from = await started();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let index = 0; index < 4; index++) expect((await from.send('/', { agent })).status).toBe(200);
    agent.destroy();
  });
});
