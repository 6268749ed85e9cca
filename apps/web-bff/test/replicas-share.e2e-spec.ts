import { request as httpRequest, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { RouteCacheStore } from '@portico/caching';
import { realServer, type RealServer } from '@portico/core/testing';
import { startTestGateway, startTestShop, type TestShop } from '@portico/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { webBff } from '../src/web-bff.js';
import { startReplica, type Replica } from './replica.js';

const plan = realServer('redis');

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

describe.skipIf(plan.absent)(`two replicas of the web BFF that share limits and caches in ${plan.title}`, () => {
  let redis: RealServer;
  let shop: TestShop;
  let replicas: readonly [Replica, Replica];

  beforeAll(async () => {
    [redis, shop] = await Promise.all([plan.start(), startTestShop()]);
    const settings = {
      ...Object.fromEntries(Object.entries(shop.origins).map(([name, url]) => [`PORTICO_SERVICES_${name.toUpperCase()}_INSTANCES`, url])),
      REDIS_URL: redis.origin,
      PORTICO_HTTP_TRUSTED_PROXIES: '127.0.0.1',
      PORTICO_SERVICE_CLIENT_CLIENT_ID: '',
      PORTICO_LIMITS_ADDRESS_PER_MINUTE: '40',
    };
    replicas = await Promise.all([startReplica(settings), startReplica(settings)]);
  });
  afterAll(async () => {
    await Promise.all((replicas ?? []).map((replica) => replica.close()));
    await shop?.close();
    await redis?.close();
  });

  let clients = 0;
  /** The address of a client that has not asked before. */
  const newcomer = (): string => `10.0.${++clients >> 8}.${clients & 255}`;

  /** Asks a replica as a balancer does: by the name of the shop, for a client at `address`. */
  function ask(replica: number, path: string, address: string = newcomer()): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const sent = httpRequest(`${replicas[replica]?.url}${path}`, { headers: { host: 'shop.example', 'x-forwarded-for': address } }, (answer) => {
        text(answer).then((body) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }), reject);
      });
      sent.once('error', reject);
      sent.end();
    });
  }
  const asked = async (path: string): Promise<number> => (await shop.requests('catalog')).filter(({ url }) => url === path || url.startsWith(`${path}?`)).length;

  it('count a limit once', async () => {
    // The first answers of a process take their time.
    await Promise.all([ask(0, '/api/categories'), ask(1, '/api/categories')]);
    const answers = await Promise.all(Array.from({ length: 100 }, (_, index) => ask(index % 2, '/api/categories', '192.0.2.1')));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(40);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(60);
    for (const { headers } of refused) expect(headers).toMatchObject({ 'retry-after': expect.stringMatching(/^[1-9]\d?$/), ratelimit: expect.stringMatching(/^"address";r=0;t=/) });
    expect((await ask(1, '/api/categories')).status).toBe(200);
  });

  it('say in both what is left of one limit', async () => {
    const left: number[] = [];
    for (let index = 0; index < 4; index++) left.push(Number(/"caller";r=(\d+)/.exec(String((await ask(index % 2, '/api/products?page=2', '192.0.2.3')).headers['ratelimit']))?.[1]));
    expect(left).toEqual([left[0], (left[0] as number) - 1, (left[0] as number) - 2, (left[0] as number) - 3]);
  });

  it('give the kept answer of an operation that one of them made', async () => {
    const before = await asked('/products');
    const [made, given] = [await ask(0, '/api/products?page=3'), await ask(1, '/api/products?page=3')];
    expect([made.headers.age, given.headers.age]).toEqual([undefined, expect.stringMatching(/^\d$/)]);
    expect(given.body).toBe(made.body);
    expect((await asked('/products')) - before).toBeLessThanOrEqual(1);
  });

  it('give the kept answer of a route, until any replica purges it', async () => {
    const did = async (replica: number) => String((await ask(replica, '/api/categories')).headers['cache-status']);
    await did(0);
    await expect.poll(() => did(1), { timeout: 10_000 }).toMatch(/^portico; hit/);
    const calls = await asked('/categories');
    const third = await startTestGateway(webBff, shop.origins, { state: { redisUrl: redis.origin } });
    expect(await third.gateway.app.get(RouteCacheStore).purge('categories')).toBeGreaterThan(0);
    await third.close();
    await expect.poll(async () => (await did(0), (await did(1), await asked('/categories'))), { timeout: 10_000 }).toBeGreaterThan(calls);
    await expect.poll(() => Promise.all([did(0), did(1)]), { timeout: 10_000 }).toEqual([expect.stringMatching(/^portico; hit/), expect.stringMatching(/^portico; hit/)]);
  });

  it('go on while Redis is away, each with its own limit and what it has kept, and together when it is back', { timeout: 60_000 }, async () => {
    await Promise.all([ask(0, '/api/categories'), ask(1, '/api/categories')]);
    await redis.kill();
    const paths = ['/api/categories', '/api/products?page=4', '/api/products/p-0001'];
    for (const path of paths) for (const replica of [0, 1]) expect([path, (await ask(replica, path)).status]).toEqual([path, 200]);
    expect((await ask(1, '/api/categories')).headers['cache-status']).toMatch(/^portico; hit/);
    const alone = await Promise.all(Array.from({ length: 120 }, (_, index) => ask(index % 2, '/api/categories', '192.0.2.8')));
    expect(alone.filter(({ status }) => status === 200)).toHaveLength(80);
    await redis.restart();
    const together = async (): Promise<number> => {
      const address = newcomer();
      const answers = await Promise.all(Array.from({ length: 80 }, (_, index) => ask(index % 2, '/api/categories', address)));
      return answers.filter(({ status }) => status === 200).length;
    };
    await expect.poll(together, { timeout: 30_000, interval: 500 }).toBe(40);
  });
});
