import { describe, expect, it, onTestFinished } from 'vitest';
import { FakeAgent } from '../../test/fake-agent.js';
import { until } from '../../test/until.js';
import { startShop, type ShopOptions } from '../start-shop.js';
import { lookEveryMs, retryAfterMs } from './consul-registration.js';

/** A time in which nothing passes by itself. */
class Waits {
  readonly waiting: { readonly ms: number; readonly pass: () => void }[] = [];
  #over = false;

  readonly delay = (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const pass = (): void => {
        this.waiting.splice(this.waiting.indexOf(wait), 1);
        resolve();
      };
      const wait = { ms, pass };
      this.waiting.push(wait);
      signal.addEventListener('abort', pass);
      if (signal.aborted || this.#over) pass();
    });

  /** Waits for nothing any more. */
  end(): void {
    this.#over = true;
    for (const { pass } of [...this.waiting]) pass();
  }

  /** Lets the next wait be over, and says how long it would have been. */
  async next(): Promise<number> {
    await until(() => this.waiting.length > 0);
    const { ms, pass } = this.waiting[0] as (typeof this.waiting)[number];
    pass();
    return ms;
  }
}

async function start(agent: FakeAgent, options: ShopOptions = {}) {
  const waits = new Waits();
  const reports: unknown[] = [];
  const shop = await startShop({
    only: ['catalog'],
    consul: { url: agent.url, address: '10.0.0.7', machine: 'box' },
    faultSources: { random: () => 0, delay: waits.delay },
    report: (...report) => reports.push(report),
    ...options,
  });
  const { port } = new URL(shop.urls.catalog);
  onTestFinished(async () => {
    const closed = shop.close();
    waits.end();
    await closed;
  });
  return { shop, waits, reports, id: `catalog-box-${port}`, port: Number(port) };
}

describe('a service with a Consul', () => {
  it('is registered once it listens, as well, with a check of its health', async () => {
    const agent = await FakeAgent.start();
    const { id, port } = await start(agent);
    await until(() => agent.known.has(id));
    expect(agent.known.get(id)).toEqual({
      ID: id,
      Name: 'catalog',
      Address: '10.0.0.7',
      Port: port,
      Check: { HTTP: `http://10.0.0.7:${port}/health`, Interval: '2s', Timeout: '1s', Status: 'passing', DeregisterCriticalServiceAfter: '1m' },
    });
  });

  it('has an address of IPv6, too', async () => {
    const agent = await FakeAgent.start();
    const { id, port } = await start(agent, { consul: { url: `${agent.url}/`, address: 'fd00::7', machine: 'box' } });
    await until(() => agent.known.has(id));
    expect(agent.known.get(id)).toMatchObject({ Address: 'fd00::7', Check: { HTTP: `http://[fd00::7]:${port}/health` } });
  });

  it('is looked for there, and registered again only when it was forgotten', async () => {
    const agent = await FakeAgent.start();
    const { id, waits } = await start(agent);
    expect(await waits.next()).toBe(lookEveryMs);
    await until(() => agent.asked.length === 2);
    agent.known.clear();
    expect(await waits.next()).toBe(lookEveryMs);
    await until(() => agent.known.has(id));
    expect(agent.asked).toEqual(['PUT /v1/agent/service/register', `GET /v1/agent/service/${id}`, `GET /v1/agent/service/${id}`, 'PUT /v1/agent/service/register']);
  });

  it('serves while Consul is away, says so once, and tries again', async () => {
    const agent = await FakeAgent.start();
    agent.away = true;
    const { shop, id, waits, reports } = await start(agent);
    expect([await waits.next(), await waits.next()]).toEqual([retryAfterMs, retryAfterMs]);
    expect((await fetch(`${shop.urls.catalog}/products/p-0001`)).status).toBe(200);
    expect(reports).toEqual([['catalog', expect.stringMatching(/^not registered in Consul, tried again: ./)]]);
    agent.away = false;
    await waits.next();
    await until(() => agent.known.has(id));
    expect(await waits.next()).toBe(lookEveryMs);
    agent.away = true;
    await waits.next();
    await until(() => reports.length === 2);
  });

  it('is taken out when it is told to end, and goes on for a while before it does', async () => {
    const agent = await FakeAgent.start();
    const { shop, id, waits } = await start(agent, { drainMs: 700 });
    await until(() => agent.known.has(id) && waits.waiting.length === 1);
    const closed = shop.close();
    await until(() => waits.waiting[0]?.ms === 700);
    expect(agent.known.has(id)).toBe(false);
    expect((await fetch(`${shop.urls.catalog}/products/p-0001`)).status).toBe(200);
    await waits.next();
    await closed;
    await expect(fetch(`${shop.urls.catalog}/health`)).rejects.toThrow();
  });

  it('ends although Consul is away', async () => {
    const agent = await FakeAgent.start();
    const { shop, waits } = await start(agent);
    await until(() => waits.waiting.length === 1);
    agent.away = true;
    await shop.close();
    await expect(fetch(`${shop.urls.catalog}/health`)).rejects.toThrow();
  });

  it('is not registered when another one of its process cannot start', async () => {
    const agent = await FakeAgent.start();
    const { port } = await start(agent);
    await until(() => agent.known.size === 1);
    await expect(start(agent, { only: ['catalog', 'pricing'], ports: { pricing: port } })).rejects.toThrow('is taken');
    expect(agent.known.size).toBe(1);
  });
});
