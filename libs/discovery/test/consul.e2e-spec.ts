import { systemClock } from '@portico/core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ConsulOptions, instanceSource, type InstanceSource } from '../src/index.js';
import { realServer, type RealServer } from '@portico/core/testing';
import { inShort, optionsOf } from './registry-fixtures.js';
import { Reported } from './reported.js';
import { untilKnown } from './until-known.js';

const plan = realServer('consul');

describe.skipIf(plan.absent)(plan.title, () => {
  let server: RealServer;
  const reported = new Reported();
  const sources: InstanceSource[] = [];

  beforeAll(async () => {
    server = await plan.start();
  });
  afterEach(() => Promise.all(sources.splice(0).map((source) => source.close())));
  afterAll(() => server?.close());

  const put = async (path: string, body: object = {}): Promise<void> => {
    const answer = await fetch(`${server.origin}/v1/agent/${path}`, { method: 'PUT', body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(await answer.text());
  };
  const register = (port: number, given: object = {}) => put('service/register', { ID: `catalog-${port}`, Name: 'catalog', Address: '127.0.0.1', Port: port, ...given });
  const follow = async (given: Partial<ConsulOptions> = {}): Promise<InstanceSource> => {
    const options = optionsOf(ConsulOptions, { url: server.origin, retryMinMs: 100, retryMaxMs: 200, ...given });
    const source = await instanceSource({ discovery: { name: 'consul', options } }, { service: 'catalog', clock: systemClock, random: () => 0.5, onError: reported.add });
    sources.push(source);
    return source;
  };
  const known = (source: InstanceSource) => source.current().map(inShort);

  it('is believed when it knows nobody', async () => {
    expect(known(await follow())).toEqual([]);
    expect(reported.messages).toEqual([]);
  });

  it('tells who is registered and who leaves, as it happens', async () => {
    const source = await follow();
    await register(4001, { Weights: { Passing: 3, Warning: 1 } });
    await register(4002);
    await untilKnown(source, 'http://127.0.0.1:4001 3', 'http://127.0.0.1:4002');
    await put('service/deregister/catalog-4002');
    await untilKnown(source, 'http://127.0.0.1:4001 3');
    await put('service/deregister/catalog-4001');
    await untilKnown(source);
  });

  it('filters by all tags', async () => {
    await register(4001, { Tags: ['v1', 'blue'] });
    await register(4002, { Tags: ['v2', 'blue'] });
    const source = await follow({ tags: ['blue', 'v2'] });
    await untilKnown(source, 'http://127.0.0.1:4002');
    await register(4002, { Tags: ['v2'] });
    await untilKnown(source);
  });

  it('tells how well each instance is', async () => {
    const [passing, also] = [await follow(), await follow({ passingOnly: false })];
    await register(4001);
    await register(4002, { Weights: { Passing: 10, Warning: 2 }, Check: { CheckID: 'c', TTL: '600s', Status: 'passing' } });
    await untilKnown(passing, 'http://127.0.0.1:4001', 'http://127.0.0.1:4002 10');
    await put('check/warn/c');
    await untilKnown(passing, 'http://127.0.0.1:4001');
    await untilKnown(also, 'http://127.0.0.1:4001', 'http://127.0.0.1:4002 2');
    await put('check/fail/c');
    await untilKnown(also, 'http://127.0.0.1:4001');
    await put('service/deregister/catalog-4002');
  });

  it('holds its answer back until something changes, and then tells it at once', async () => {
    const source = await follow({ waitMs: 600_000 });
    await register(4003);
    await untilKnown(source, 'http://127.0.0.1:4001', 'http://127.0.0.1:4003');
    await put('service/deregister/catalog-4003');
    await untilKnown(source, 'http://127.0.0.1:4001');
  });

  it('may be killed: the instances stay, and changes are seen again once it is back', async () => {
    const source = await follow();
    await register(4004);
    await untilKnown(source, 'http://127.0.0.1:4001', 'http://127.0.0.1:4004');
    let changes = 0;
    source.subscribe(() => void changes++);
    const failure = reported.next('Instances of catalog from consul');
    await server.kill();
    await failure;
    expect(known(source)).toEqual(['http://127.0.0.1:4001', 'http://127.0.0.1:4004']);
    expect(changes).toBe(0);
    await server.restart();
    await register(4005);
    await untilKnown(source, 'http://127.0.0.1:4001', 'http://127.0.0.1:4004', 'http://127.0.0.1:4005');
    await put('service/deregister/catalog-4004');
    await untilKnown(source, 'http://127.0.0.1:4001', 'http://127.0.0.1:4005');
  });
});
