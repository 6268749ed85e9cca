import { readFile } from 'node:fs/promises';
import { realProgram } from '@portico/core/testing';
import { hubListeners, startTestGateway, startTestShop, type TestGateway, type TestShop } from '@portico/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { webBff } from '../src/web-bff.js';
import { panelQueries, promtoolCheck, startPrometheus, type TestPrometheus } from './prometheus.js';

const plan = realProgram('prometheus');
const patience = { timeout: 30_000, interval: 200 };

/** Panels without data here, and what they would need. */
const panelsWithout: Readonly<Record<string, string>> = {
  'Portico: aggregates and services / Parts that an older answer stood in for': 'a kept answer that is older than 30 s',
  'Portico: hubs / Clients cut off that did not read': 'a client that does not read',
  'Portico: runtime / Redis that replicas share': 'a Redis',
};
/** Alerts whose measure has no data here, and what it would need. */
const alertsWithout: Readonly<Record<string, string>> = { PorticoSlowConsumers: 'a client that does not read', PorticoRedisAway: 'a Redis' };
/** What goes wrong here. */
const provoked = ['PorticoErrorRatio', 'PorticoDegraded', 'PorticoBreakerOpen', 'PorticoThrottling'];
/** What is wrong here all the time: the other BFFs do not run, and nobody takes the spans. */
const constant = ['PorticoAppMissing', 'PorticoSpansDropped'];

/** An alert's expression without the comparison at its end. */
const measured = (query: string): string => /^(.*) (?:[<>]|==) \S+$/s.exec(query)?.[1] ?? `no comparison at the end of ${query}`;

describe.skipIf(plan.absent)(`what is delivered for observability, with ${plan.title}`, () => {
  const given = {} as { shop: TestShop; bff: TestGateway };
  const connect = hubListeners(given, { path: '/hubs/web', events: ['priceTicks'], origin: 'http://localhost:3010' });
  let prometheus: TestPrometheus;

  beforeAll(async () => {
    given.shop = await startTestShop();
    // Nobody takes its spans, and of one caller it takes few requests.
    given.bff = await startTestGateway(webBff, given.shop.origins, { traces: { exporter: 'otlp', endpoint: 'http://127.0.0.1:1', ratio: 1 }, limits: { callerPerMinute: 40 } });
    prometheus = await startPrometheus(plan.path(), 'web-bff', given.bff.gateway.url);
    // The second one is a kept answer of the operation.
    for (let asked = 0; asked < 2; asked++) await given.bff.anonymous.get('/api/products/p-0009').expect(200);
  });
  afterAll(async () => {
    await prometheus?.close();
    await given.bff?.close();
    await given.shop?.close();
  });

  it('is taken by promtool', async () => {
    expect(await promtoolCheck(plan.path(), 'config', 'prometheus.yml')).toContain('SUCCESS: 1 rule files found');
    expect(await promtoolCheck(plan.path(), 'rules', 'alerts.yml')).toContain('SUCCESS: 13 rules found');
  });

  it('has a section in the manual for every alert', async () => {
    const manual = await readFile(new URL('../../../docs/observability.md', import.meta.url), 'utf8');
    const names = (await prometheus.alerts()).map(({ name }) => name);
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => !manual.includes(`\n### ${name}\n`))).toEqual([]);
  });

  it('notices an incident while it lasts', async () => {
    const { bff, shop } = given;
    const active = async (): Promise<string[]> => (await prometheus.alerts()).filter(({ state }) => state !== 'inactive').map(({ name }) => name);
    expect((await active()).filter((name) => provoked.includes(name))).toEqual([]);
    await shop.faults('reviews', { errorRate: 1 });
    await shop.faults('ordering', { errorRate: 1 });
    const statuses = new Set<number>();
    const ask = async (path: string, user?: string): Promise<void> => {
      const { status } = await (user === undefined ? bff.anonymous : bff.as({ user })).get(path);
      statuses.add(status >= 500 ? 500 : status);
    };
    await Promise.all([...Array(60).keys()].map(() => ask('/api/home', 'c-bob')));
    // Not all at the same time: a circuit breaker stays open for seconds, and as long it takes until spans are given up.
    const noticed = new Set<string>();
    let round = 0;
    await vi.waitFor(async () => {
      await Promise.all([ask(`/api/products/p-01${10 + round++}`), ask('/api/orders', 'c-ann'), ask('/api/home', 'c-bob')]);
      for (const name of await active()) noticed.add(name);
      expect([...noticed]).toEqual(expect.arrayContaining([...provoked, ...constant]));
    }, { timeout: 30_000, interval: 1_000 });
    expect(statuses).toEqual(new Set([200, 500, 429]));
  }, 60_000);

  it('shows something in every panel, but where there is nothing to show', async () => {
    const { connection } = await connect({ user: 'c-ann' });
    await connection.invoke('trackOrder', { id: 'o-000001' }).catch(() => {});
    await given.bff.as({ user: 'c-ann' }).get('/api/home').expect(200);
    // A kept answer of a service.
    await given.bff.as({ user: 'c-ann' }).get('/api/home').expect(200);
    const left = new AbortController();
    await given.shop.faults('customers', { latencyMs: 1_000 });
    const leaving = fetch(`${given.bff.url}/api/home`, { headers: given.bff.signedIn({ user: 'c-ann' }), signal: left.signal }).catch(() => {});
    await vi.waitFor(async () => expect((await given.shop.requests('customers')).length).toBeGreaterThan(2), patience);
    left.abort();
    await leaving;
    await connection.stop();
    const queries = await panelQueries('web-bff');
    await vi.waitFor(async () => {
      const empty = await Promise.all(queries.map(async ({ panel, query }) => ((await prometheus.query(query)).length === 0 ? [panel] : [])));
      expect([...new Set(empty.flat())].sort()).toEqual(Object.keys(panelsWithout).sort());
    }, patience);
  }, 60_000);

  it('measures something for every alert, but where there is nothing to measure', async () => {
    await vi.waitFor(async () => {
      const rules = await prometheus.alerts();
      expect(rules.filter(({ health }) => health !== 'ok')).toEqual([]);
      const empty = await Promise.all(rules.map(async ({ name, query }) => ((await prometheus.query(measured(query))).length === 0 ? [name] : [])));
      expect(empty.flat().sort()).toEqual(Object.keys(alertsWithout).sort());
    }, patience);
  });

  it('notices an app that is gone', async () => {
    await given.bff.close();
    await vi.waitFor(async () => expect((await prometheus.alerts()).find(({ name }) => name === 'PorticoInstanceDown')?.state).not.toBe('inactive'), patience);
  });
});
