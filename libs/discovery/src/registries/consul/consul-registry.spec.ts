import { settle, startFakeService, type FakeHandler } from '@portico/core/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { askOnce, optionsOf, registryDeps } from '../../../test/registry-fixtures.js';
import { ConsulOptions } from './consul.config.js';
import { ConsulRegistry } from './consul-registry.js';

interface Told {
  readonly node?: object;
  readonly service?: object;
  readonly checks?: readonly string[];
}

const entry = ({ node, service, checks = ['passing', 'passing'] }: Told = {}) => ({
  Node: { Node: 'node-1', Address: '10.0.0.1', ...node },
  Service: { ID: 'catalog-1', Address: '10.0.0.7', Port: 4001, Weights: { Passing: 1, Warning: 1 }, ...service },
  Checks: checks.map((Status) => ({ Status })),
});

/** A handler that answers with these entries, standing at `index`. */
const answering = (entries: unknown, index: string | null = '7'): FakeHandler => (_, response) => {
  if (index !== null) response.setHeader('x-consul-index', index);
  return entries;
};

async function consul(handler: FakeHandler, given: Partial<ConsulOptions> = {}, path = '') {
  const server = await startFakeService(handler);
  const deps = registryDeps();
  const registry = new ConsulRegistry('catalog', optionsOf(ConsulOptions, { url: server.origin + path, ...given }), deps);
  onTestFinished(async () => {
    await registry.close();
    await server.close();
  });
  const query = (turn: number) => new URL(server.seen[turn]!.url, server.origin).searchParams;
  return { server, registry, query, ...deps };
}

describe('what Consul is asked', () => {
  it('is for the instances of the service of the same name, and how they are', async () => {
    const { server, registry } = await consul(answering([]));
    await askOnce(registry);
    expect(server.seen[0]!.url).toBe('/v1/health/service/catalog?');
    expect(server.seen[0]!.headers).not.toHaveProperty('x-consul-token');
  });

  it('names another service, tags, a data centre and a token where they are configured', async () => {
    const { server, registry, query } = await consul(answering([]), { service: 'shop catalog', tags: ['v2', 'a&b'], datacenter: 'dc2', token: 'secret', passingOnly: false }, '/behind');
    await askOnce(registry);
    expect(server.seen[0]!.url).toContain('/behind/v1/health/service/shop%20catalog?');
    expect([query(0).getAll('tag'), query(0).get('dc')]).toEqual([['v2', 'a&b'], 'dc2']);
    expect(server.seen[0]!.headers['x-consul-token']).toBe('secret');
  });

  it('waits for a change, from the second time on', async () => {
    const { registry, query } = await consul(answering([], '7'), { waitMs: 30_000 });
    await askOnce(registry);
    await askOnce(registry);
    expect([query(0).has('index'), query(1).get('index'), query(1).get('wait')]).toEqual([false, '7', '30000ms']);
  });

  it('begins anew when the index goes back', async () => {
    let index = 9;
    const { registry, query } = await consul((request, response) => answering([], String(index--))(request, response));
    for (let turn = 0; turn < 3; turn++) await askOnce(registry);
    expect([query(1).get('index'), query(2).has('index')]).toEqual(['9', false]);
  });

  it('never has the index 0, which would not wait', async () => {
    const { registry, query } = await consul(answering([], '0'));
    await askOnce(registry);
    await askOnce(registry);
    expect(query(1).get('index')).toBe('1');
  });

  it('begins anew after a failure', async () => {
    let fails = false;
    const { registry, query } = await consul((request, response) => (fails ? void response.writeHead(500).end('No cluster leader') : answering([])(request, response)));
    await askOnce(registry);
    fails = true;
    await expect(askOnce(registry)).rejects.toThrow('No cluster leader');
    fails = false;
    await askOnce(registry);
    expect(query(2).has('index')).toBe(false);
  });

  it('may be held back for the whole wait and what Consul adds to it', async () => {
    let holds = false;
    const { server, registry, clock } = await consul((request, response) => (holds ? undefined : answering([])(request, response)), { waitMs: 16_000, requestTimeoutMs: 1_000 });
    await askOnce(registry);
    holds = true;
    let failed: Error | undefined;
    const second = askOnce(registry).catch((error: Error) => void (failed = error));
    while (server.seen.length < 2) await settle();
    await clock.advance(17_999);
    expect(failed).toBeUndefined();
    await clock.advance(1);
    await second;
    expect(failed?.message).toContain('did not answer within 18000 ms');
  });
});

describe('an instance that Consul knows', () => {
  const told = async (entries: readonly object[], given: Partial<ConsulOptions> = {}) => {
    const { registry, reports } = await consul(answering(entries), given);
    const [instances] = await askOnce(registry);
    return { instances, reports };
  };
  const oneOf = (one: Told, given?: Partial<ConsulOptions>) => told([entry(one)], given);
  const instancesOf = async (entries: readonly object[]) => (await told(entries)).instances;

  it('has the address of the service, its port and its weight', async () => {
    expect((await oneOf({ service: { Weights: { Passing: 5, Warning: 1 } } })).instances).toEqual(['http://10.0.0.7:4001 5']);
  });

  it('has the address of its node when the service has none', async () => {
    expect((await oneOf({ service: { Address: '' } })).instances).toEqual(['http://10.0.0.1:4001']);
  });

  it('has the address or the name of its node where that is preferred, and the scheme that is configured', async () => {
    expect((await oneOf({}, { address: 'node' })).instances).toEqual(['http://10.0.0.1:4001']);
    expect((await oneOf({}, { address: 'node-name', scheme: 'https' })).instances).toEqual(['https://node-1:4001']);
  });

  it('counts once when Consul tells no weight', async () => {
    expect(await oneOf({ service: { Weights: undefined } })).toEqual({ instances: ['http://10.0.0.7:4001'], reports: [] });
  });

  it.each([
    [['passing', 'warning'], true, []],
    [['passing', 'warning'], false, ['http://10.0.0.7:4001 2']],
  ])('with the checks %j, only passing ones wanted: %s, is used as %j', async (checks, passingOnly, expected) => {
    expect((await oneOf({ checks, service: { Weights: { Passing: 5, Warning: 2 } } }, { passingOnly })).instances).toEqual(expected);
  });

  it.each([['passing', 'critical'], ['warning', 'critical'], ['passing', 'unheard of']])('with the checks %s and %s is left out while another is well, and used like it when all are so', async (...checks) => {
    const [critical, passing] = [entry({ checks }), entry({ service: { Port: 4002 } })];
    expect(await instancesOf([critical, passing])).toEqual(['http://10.0.0.7:4002']);
    expect(await instancesOf([critical])).toEqual(['http://10.0.0.7:4001']);
  });

  it.each(['_service_maintenance:catalog-1', '_node_maintenance'])('is not used in maintenance, though all are critical: %s', async (CheckID) => {
    const kept = { ...entry(), Checks: [{ CheckID, Status: 'critical' }] };
    expect(await instancesOf([kept, entry({ service: { Port: 4002 }, checks: ['critical'] })])).toEqual(['http://10.0.0.7:4002']);
    expect(await instancesOf([kept])).toEqual([]);
  });

  it('is left out silently with a warning and the weight 0 for that', async () => {
    expect(await oneOf({ checks: ['warning'], service: { Weights: { Passing: 5, Warning: 0 } } }, { passingOnly: false })).toEqual({ instances: [], reports: [] });
  });

  it.each([{ Port: 0 }, { Port: '80/x' }, { Address: 'http://evil/' }])('is left out, with a report, when it makes no sense: %j', async (service) => {
    const { instances, reports } = await oneOf({ service });
    expect(instances).toEqual([]);
    expect(reports).toEqual([expect.stringContaining('was left out')]);
  });
});

describe('an answer of Consul', () => {
  it('that is empty is believed', async () => {
    const { registry } = await consul(answering([]));
    expect(await askOnce(registry)).toEqual([[]]);
  });

  it.each([[{ error: 'x' }], [null], ['x'], [7]])('that is no list is a failure: %j', async (value) => {
    const { registry } = await consul((_, response) => void response.setHeader('x-consul-index', '7').end(JSON.stringify(value)));
    await expect(askOnce(registry)).rejects.toThrow('no list');
  });

  it.each([null, '', 'x', '-1', '1.5', '1e999'])('with the index %j is a failure', async (index) => {
    const { registry } = await consul(answering([], index));
    await expect(askOnce(registry)).rejects.toThrow('no valid X-Consul-Index');
  });

  it.each([[[null]], [[7]], [[{}]], [[{ Node: 1, Service: [], Checks: 'x' }]]])('with an entry that is none brings no instance: %j', async (entries) => {
    const { registry, reports } = await consul(answering(entries));
    expect(await askOnce(registry)).toEqual([[]]);
    expect(reports.length).toBeGreaterThan(0);
  });

  it('never shows the token when something goes wrong', async () => {
    const { registry } = await consul((_, response) => void response.writeHead(403).end('Permission denied'), { token: 'very-secret' });
    const error = await askOnce(registry).catch((failure: Error) => failure);
    expect(error).toMatchObject({ message: expect.stringContaining('403 ("Permission denied")') });
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('very-secret');
  });
});

it('closing ends a query that waits, at once', async () => {
  let holds = false;
  const { server, registry, clock } = await consul((request, response) => (holds ? undefined : answering([])(request, response)));
  await askOnce(registry);
  holds = true;
  const stop = new AbortController();
  const waiting = askOnce(registry, stop.signal);
  while (server.seen.length < 2) await settle();
  stop.abort();
  await expect(waiting).rejects.toThrow('given up');
  await registry.close();
  while (!server.seen[1]!.aborted) await settle();
  expect(clock.pending).toBe(0);
});
