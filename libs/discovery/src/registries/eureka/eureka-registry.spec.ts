import { startFakeService, type FakeService } from '@portico/core/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { askOnce, optionsOf, registryDeps } from '../../../test/registry-fixtures.js';
import { EurekaOptions } from './eureka.config.js';
import { EurekaRegistry } from './eureka-registry.js';

const instance = (port: number, given: object = {}) => ({
  instanceId: `catalog:${port}`,
  hostName: 'node-1',
  ipAddr: '10.0.0.7',
  status: 'UP',
  port: { $: port, '@enabled': 'true' },
  securePort: { $: 443, '@enabled': 'false' },
  metadata: { '@class': 'java.util.Collections$EmptyMap' },
  ...given,
});
const applications = (hashCode: string, ...instances: object[]) => ({ applications: { versions__delta: '1', apps__hashcode: hashCode, application: instances.length === 0 ? [] : [{ name: 'CATALOG', instance: instances }] } });

/** An Eureka that answers `/apps` and `/apps/delta` with what a test sets; a number is a status. */
class StubEureka {
  full: unknown = applications('');
  delta: unknown = applications('');

  constructor(readonly service: FakeService) {
    service.handler = ({ url }, response) => {
      const answer = url.endsWith('/delta') ? this.delta : this.full;
      return typeof answer === 'number' ? void response.writeHead(answer).end() : answer;
    };
  }

  /** The paths asked since the last time. */
  get paths(): string[] {
    return this.service.seen.splice(0).map(({ url }) => url);
  }
}

async function eureka(given: Partial<EurekaOptions> = {}, servers = 1) {
  const stubs: StubEureka[] = [];
  for (let count = 0; count < servers; count++) stubs.push(new StubEureka(await startFakeService(() => ({}))));
  const deps = registryDeps();
  const registry = new EurekaRegistry('catalog', optionsOf(EurekaOptions, { urls: stubs.map(({ service }) => `${service.origin}/eureka`), ...given }), deps);
  onTestFinished(async () => {
    await registry.close();
    await Promise.all(stubs.map(({ service }) => service.close()));
  });
  return { registry, stub: stubs[0]!, stubs, ...deps };
}

describe('what Eureka is asked', () => {
  it('is for everything, then for what has changed', async () => {
    const { registry, stub } = await eureka();
    stub.full = applications('UP_1_', instance(1));
    stub.delta = applications('UP_2_', instance(2, { actionType: 'ADDED' }));
    expect(await askOnce(registry)).toEqual([['http://node-1:1']]);
    expect(await askOnce(registry)).toEqual([['http://node-1:1', 'http://node-1:2']]);
    expect(stub.paths).toEqual(['/eureka/apps', '/eureka/apps/delta']);
  });

  it('is for everything again when the changes do not fit its hash code', async () => {
    const { registry, stub } = await eureka();
    stub.full = applications('UP_1_', instance(1));
    await askOnce(registry);
    stub.full = applications('UP_3_', instance(1), instance(2), instance(3));
    stub.delta = applications('UP_3_', instance(2, { actionType: 'ADDED' }));
    expect(await askOnce(registry)).toEqual([['http://node-1:1', 'http://node-1:2', 'http://node-1:3']]);
    expect(stub.paths).toEqual(['/eureka/apps', '/eureka/apps/delta', '/eureka/apps']);
  });

  it.each([403, 404])('is for everything where it tells no changes: %d', async (status) => {
    const { registry, stub } = await eureka();
    stub.full = applications('UP_1_', instance(1));
    stub.delta = status;
    await askOnce(registry);
    expect(await askOnce(registry)).toEqual([['http://node-1:1']]);
    expect(stub.paths).toEqual(['/eureka/apps', '/eureka/apps/delta', '/eureka/apps']);
  });

  it('is for everything after a failure', async () => {
    const { registry, stub } = await eureka();
    await askOnce(registry);
    stub.delta = 500;
    await expect(askOnce(registry)).rejects.toThrow('500');
    await askOnce(registry);
    expect(stub.paths).toEqual(['/eureka/apps', '/eureka/apps/delta', '/eureka/apps']);
  });

  it('is for everything when the last time is longer ago than Eureka remembers changes', async () => {
    const { registry, stub, clock } = await eureka();
    await askOnce(registry);
    await clock.advance(119_999);
    await askOnce(registry);
    await clock.advance(120_000);
    await askOnce(registry);
    expect(stub.paths).toEqual(['/eureka/apps', '/eureka/apps/delta', '/eureka/apps']);
  });

  it('goes to the next server when one fails, and stays there', async () => {
    const { registry, stubs } = await eureka({}, 2);
    stubs[0]!.full = 503;
    stubs[1]!.full = applications('UP_1_', instance(1));
    stubs[1]!.delta = applications('UP_1_');
    await expect(askOnce(registry)).rejects.toThrow('503');
    await askOnce(registry);
    expect(await askOnce(registry)).toEqual([['http://node-1:1']]);
    expect([stubs[0]!.paths, stubs[1]!.paths]).toEqual([['/eureka/apps'], ['/eureka/apps', '/eureka/apps/delta']]);
  });

  it('carries user and password where they are configured, and errors do not', async () => {
    const { registry, stub } = await eureka({ user: 'portico', password: 'word' });
    stub.full = 401;
    const error = await askOnce(registry).catch((failure: Error) => failure);
    expect(stub.service.seen[0]!.headers.authorization).toBe(`Basic ${Buffer.from('portico:word').toString('base64')}`);
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toMatch(/word|Basic/);
  });

  it('is asked as often as configured', async () => {
    expect((await eureka({ refreshMs: 500 })).registry.paceMs).toBe(500);
  });
});

describe('an instance that Eureka knows', () => {
  const oneOf = async (given: object, options: Partial<EurekaOptions> = {}) => {
    const { registry, stub, reports } = await eureka(options);
    stub.full = applications('', instance(4001, given));
    const [instances] = await askOnce(registry);
    return { instances, reports };
  };
  const secure = { securePort: { $: 4443, '@enabled': 'true' } };

  it.each(['DOWN', 'STARTING', 'OUT_OF_SERVICE', 'UNKNOWN', undefined, 'up'])('is not used with the status %s', async (status) => {
    expect(await oneOf({ status })).toEqual({ instances: [], reports: [] });
  });

  it('is called by its host name, or by its address where that is configured', async () => {
    expect((await oneOf({})).instances).toEqual(['http://node-1:4001']);
    expect((await oneOf({}, { address: 'ip' })).instances).toEqual(['http://10.0.0.7:4001']);
  });

  it.each([
    ['prefer', secure, ['https://node-1:4443']],
    ['prefer', {}, ['http://node-1:4001']],
    ['require', secure, ['https://node-1:4443']],
    ['require', {}, []],
    ['never', secure, ['http://node-1:4001']],
    ['never', { ...secure, port: { $: 4001, '@enabled': 'false' } }, []],
  ])('with the secure port wanted: %s, and %j, is used as %j', async (securePort, given, expected) => {
    expect((await oneOf(given, { securePort })).instances).toEqual(expected);
  });

  it('has the weight of its metadata', async () => {
    expect((await oneOf({ metadata: { weight: '3' } })).instances).toEqual(['http://node-1:4001 3']);
  });

  it.each([{ hostName: 'a/b' }, { hostName: undefined }, { port: { $: 99_999, '@enabled': 'true' } }])('is left out, with a report, when it makes no sense: %j', async (given) => {
    const { instances, reports } = await oneOf(given);
    expect(instances).toEqual([]);
    expect(reports).toHaveLength(1);
  });
});

describe('an answer of Eureka', () => {
  it('that knows nobody is believed', async () => {
    const { registry } = await eureka();
    expect(await askOnce(registry)).toEqual([[]]);
  });

  it.each([[{}], ['x'], [[]]])('that is none is a failure: %j', async (value) => {
    const { registry, stub } = await eureka();
    stub.full = value;
    await expect(askOnce(registry)).rejects.toThrow();
  });
});
