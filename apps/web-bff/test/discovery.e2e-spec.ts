import { hostname } from 'node:os';
import { realServer, type RealServer } from '@portico/core/testing';
import { openServiceLine, startServices, startTestGateway, type ServiceLine, type ServiceProcess, type TestGateway } from '@portico/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { webBff } from '../src/web-bff.js';

const plan = realServer('consul');
const others = ['pricing', 'inventory', 'reviews', 'recommendations', 'basket', 'ordering', 'customers', 'shipping'];

describe.skipIf(plan.absent)(`services that register, and a web BFF that finds them, with ${plan.title}`, { timeout: 60_000 }, () => {
  let consul: RealServer;
  // Where everybody believes Consul to be.
  let line: ServiceLine;
  let bff: TestGateway;
  const processes: ServiceProcess[] = [];

  const start = async (names: readonly string[], settings: Record<string, string> = {}): Promise<ServiceProcess> => {
    const started = await startServices(names, { CONSUL_URL: line.origin, SERVICE_TOKENS: 'off', ...settings });
    processes.push(started);
    return started;
  };
  /** Origins of the instances that Consul calls well. */
  const passing = async (name: string): Promise<string[]> => {
    const entries = (await (await fetch(`${consul.origin}/v1/health/service/${name}?passing=1`)).json()) as { Service: { Address: string; Port: number } }[];
    return entries.map(({ Service: { Address, Port } }) => `http://${Address}:${Port}`).sort();
  };
  const catalogs = (...known: ServiceProcess[]): string[] => known.map(({ origins }) => origins['catalog'] as string).sort();
  const become = (what: () => Promise<unknown>, expected: unknown): Promise<void> => vi.waitFor(async () => expect(await what()).toEqual(expected), { timeout: 20_000 });
  const untilPassing = (...known: ServiceProcess[]): Promise<void> => become(() => passing('catalog'), catalogs(...known));
  const isUp = (service: ServiceProcess): Promise<boolean> => fetch(`${service.origins['catalog']}/health`).then(({ ok }) => ok, () => false);
  const requestsOf = async (service: ServiceProcess): Promise<number> => ((await (await fetch(`${service.origins['catalog']}/__requests`)).json()) as { items: unknown[] }).items.length;

  let asked = 0;
  /** What the BFF answered to requests for which nothing is kept, eight at a time: statuses, and which parts were missing. */
  const answers = async (count: number): Promise<string[]> => {
    const told = new Set<string>();
    const ask = async (): Promise<void> => {
      const answer = await fetch(`${bff.url}/api/products?brand=none-${(asked += 1)}`);
      await answer.arrayBuffer();
      told.add(`${answer.status} ${answer.headers.get('portico-degraded') ?? 'whole'}`);
    };
    for (let done = 0; done < count; done += 8) await Promise.all(Array.from({ length: Math.min(8, count - done) }, ask));
    return [...told];
  };

  beforeAll(async () => {
    consul = await plan.start();
    line = await openServiceLine(() => consul.origin);
    await Promise.all([start(['catalog'], { DRAIN_MS: '3000' }), start(['catalog'], { DRAIN_MS: '3000' }), start(others)]);
    await untilPassing(...processes.filter(({ origins }) => 'catalog' in origins));
    await become(async () => (await passing('shipping')).length, 1);
    bff = await startTestGateway(webBff, {}, { discovery: { registry: 'consul', consul: { url: line.origin, retryMinMs: 100, retryMaxMs: 200 } }, limits: { addressPerMinute: 100_000, callerPerMinute: 100_000 } });
  });
  afterAll(async () => {
    await bff?.close();
    await Promise.all(processes.map((one) => one.kill()));
    await line?.cut();
    await consul?.close();
  });

  it('find each other by name alone, and every instance is used', async () => {
    const list = await fetch(`${bff.url}/api/products`);
    expect([list.status, list.headers.get('portico-degraded')]).toEqual([200, null]);
    expect(await answers(80)).toEqual(['200 whole']);
    const catalogOnly = processes.filter(({ origins }) => 'catalog' in origins);
    for (const service of catalogOnly) expect(await requestsOf(service)).toBeGreaterThan(0);
    const known = (await (await fetch(`${consul.origin}/v1/agent/services`)).json()) as object;
    expect(Object.keys(known)).toContain(`catalog-${hostname()}-${new URL(catalogOnly[0]?.origins['catalog'] as string).port}`);
  });

  it('a further instance is found while the BFF runs', async () => {
    const third = await start(['catalog']);
    await become(async () => (await answers(8)).length > 0 && (await requestsOf(third)) > 0, true);
  });

  it('one that is killed without a word costs no request', async () => {
    const [victim, ...left] = processes.filter(({ origins }) => 'catalog' in origins) as [ServiceProcess, ...ServiceProcess[]];
    const under = answers(400);
    await victim.kill();
    processes.splice(processes.indexOf(victim), 1);
    expect(await under).toEqual(['200 whole']);
    expect(await bff.metric('portico_service_events_total{service="catalog",event="retried"}')).toBeGreaterThan(0);
    await untilPassing(...left);
    expect(await answers(80)).toEqual(['200 whole']);
  });

  it('one that is told to end is gone from Consul before it stops answering, and costs no request', async () => {
    const [leaving, ...left] = processes.filter(({ origins }) => 'catalog' in origins) as [ServiceProcess, ...ServiceProcess[]];
    processes.splice(processes.indexOf(leaving), 1);
    const ended = leaving.end();
    await untilPassing(...left);
    expect(await isUp(leaving)).toBe(true);
    expect(await answers(200)).toEqual(['200 whole']);
    await ended;
    expect(await isUp(leaving)).toBe(false);
    expect(await answers(80)).toEqual(['200 whole']);
  });

  it('without Consul, go on with what was known, also while it starts again', async () => {
    await consul.kill();
    expect(await answers(200)).toEqual(['200 whole']);
    await consul.restart();
    // It takes them for ill until it has asked each; nobody is to notice.
    let well = false;
    const known = untilPassing(...processes.filter(({ origins }) => 'catalog' in origins)).finally(() => (well = true));
    const told = new Set<string>();
    while (!well) for (const answer of await answers(8)) told.add(answer);
    await known;
    for (const answer of await answers(80)) told.add(answer);
    expect([...told]).toEqual(['200 whole']);
  });

  it('register again at a Consul that has lost its data, which costs no request', async () => {
    const lost = consul;
    consul = await plan.start();
    line.breakOff();
    await lost.close();
    expect(await answers(200)).toEqual(['200 whole']);
    await untilPassing(...processes.filter(({ origins }) => 'catalog' in origins));
    expect(await answers(80)).toEqual(['200 whole']);
  });
});
