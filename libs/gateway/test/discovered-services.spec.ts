import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { Controller, Get } from '@nestjs/common';
import { Aggregator, defineAggregate } from '@portico/aggregation';
import { Public } from '@portico/auth';
import { defineService } from '@portico/backend-client';
import type { DeepPartial } from '@portico/config';
import type { RequestContext } from '@portico/core';
import { startFakeService, type FakeService } from '@portico/core/testing';
import { definePipeline } from '@portico/policies';
import { defineViewModel } from '@portico/view-model';
import Type from 'typebox';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { Context, createGateway, GatewayConfig, View } from '../src/index.js';
import { moduleOf, startApp } from './start-app.js';

const Thing = defineViewModel('Thing', Type.Object({ from: Type.String() }));
const calls = { catalog: defineService('catalog').get('/thing', { reads: Thing.schema }), pricing: defineService('pricing').get('/thing', { reads: Thing.schema }) };
const things = {
  catalog: defineAggregate('catalog').required('thing', () => calls.catalog()).shape(Thing, ({ thing }) => thing),
  pricing: defineAggregate('pricing').required('thing', () => calls.pricing()).shape(Thing, ({ thing }) => thing),
};

@Controller('things')
@Public()
class ThingsController {
  constructor(private readonly aggregator: Aggregator) {}

  @Get('catalog')
  @View(Thing)
  catalog(@Context() context: RequestContext) {
    return this.aggregator.run(things.catalog, undefined, context);
  }

  @Get('pricing')
  @View(Thing)
  pricing(@Context() context: RequestContext) {
    return this.aggregator.run(things.pricing, undefined, context);
  }
}

/** Knows one instance of every service, and holds back what is asked after that. */
class FakeConsul {
  readonly held: string[] = [];
  #left: () => void = () => {};

  constructor(readonly service: FakeService, instance: FakeService) {
    const { hostname, port } = new URL(instance.origin);
    service.handler = ({ url }, response) => {
      if (url.includes('index=')) {
        this.held.push(url);
        response.once('close', () => {
          this.held.splice(this.held.indexOf(url), 1);
          this.#left();
        });
        return undefined;
      }
      response.setHeader('x-consul-index', '7');
      return [{ Node: {}, Service: { Address: hostname, Port: Number(port) }, Checks: [] }];
    };
  }

  /** What was asked for, each once. */
  get asked(): string[] {
    return [...new Set(this.service.seen.map(({ url }) => url.split('?', 1)[0] as string))].sort();
  }

  /** Resolves once nobody waits for an answer. */
  async abandoned(): Promise<void> {
    while (this.held.length > 0) await new Promise<void>((resolve) => (this.#left = resolve));
  }
}

const open = async (): Promise<FakeService> => {
  const service = await startFakeService(() => undefined);
  onTestFinished(() => service.close());
  return service;
};

let found: FakeService;
let listed: FakeService;
let consul: FakeConsul;
beforeEach(async () => {
  [found, listed] = [await open(), await open()];
  found.handler = () => ({ from: 'found' });
  listed.handler = () => ({ from: 'listed' });
  consul = new FakeConsul(await open(), found);
});

function settings(given: DeepPartial<GatewayConfig> = {}): DeepPartial<GatewayConfig> {
  const services = { catalog: { instances: [listed.origin] }, pricing: { instances: [listed.origin], ...given.services?.pricing } };
  return { auth: { issuer: 'http://127.0.0.1:1' }, discovery: { registry: 'consul', consul: { url: consul.service.origin } }, ...given, services };
}

async function start(given?: DeepPartial<GatewayConfig>) {
  const app = await startApp({ controllers: [ThingsController], overrides: settings(given) });
  onTestFinished(() => app.close());
  return app;
}

describe('services of the configuration', () => {
  it('are found by their names where a registry is named, in place of those that are listed', async () => {
    const { client } = await start();
    await client.get('/things/catalog').expect(200, '{"from":"found"}');
    await client.get('/things/pricing').expect(200, '{"from":"found"}');
    expect(consul.asked).toEqual(['/v1/health/service/catalog', '/v1/health/service/pricing']);
  });

  it('are those that are listed where no registry is named, and none is asked', async () => {
    const { client } = await start({ discovery: { registry: '' } });
    await client.get('/things/catalog').expect(200, '{"from":"listed"}');
    expect(consul.asked).toEqual([]);
  });

  it('may be left out of what the registry finds', async () => {
    const { client } = await start({ services: { pricing: { discovered: false } } });
    await client.get('/things/catalog').expect(200, '{"from":"found"}');
    await client.get('/things/pricing').expect(200, '{"from":"listed"}');
    expect(consul.asked).toEqual(['/v1/health/service/catalog']);
  });

  it('have no instances while the registry has not answered yet; the log says so for each, and the start goes on', async () => {
    consul.service.handler = (_, response) => void response.writeHead(500).end('no leader');
    const { client, lines } = await start({ discovery: { registry: 'consul', consul: { url: consul.service.origin, startTimeoutMs: 50, retryMinMs: 600_000, retryMaxMs: 600_000 } } });
    const { body } = await client.get('/things/catalog').expect(503);
    expect(body).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    const warnings = lines.filter(({ msg }) => msg === 'A registry gave no instances').map(({ reason }) => reason as string);
    expect(warnings.sort()).toEqual(['catalog', 'pricing'].map((name) => `Instances of ${name} from consul: ${consul.service.origin}: it answered 500 ("no leader")`));
  });

  it('are followed until the gateway ends', async () => {
    const { gateway } = await start();
    await expect.poll(() => consul.held.length).toBe(2);
    await gateway.close();
    await consul.abandoned();
  });

  it.each([
    ['cannot take its port', 'EADDRINUSE'],
    ['has a part that fails', 'the part failed'],
  ])('are not followed by a gateway that %s', async (_what, reason) => {
    const occupant = createServer().listen(0, '127.0.0.1');
    await once(occupant, 'listening');
    onTestFinished(() => void occupant.close());
    const { port } = occupant.address() as AddressInfo;
    // Goes on once the registry holds its answers back.
    const part = async (): Promise<object> => {
      await expect.poll(() => consul.held.length).toBe(2);
      if (reason === 'EADDRINUSE') return {};
      throw new Error(reason);
    };
    const module = moduleOf([ThingsController], [{ provide: 'part', useFactory: part }]);
    const overrides = { ...settings(), port, log: { level: 'silent' as const } };
    await expect(createGateway({ name: 'test-bff', config: GatewayConfig, module, pipeline: () => definePipeline() }, { env: {}, overrides })).rejects.toThrow(reason);
    await consul.abandoned();
  });
});

describe('the registry of all services', () => {
  it.each([
    [{ registry: 'etcd' as 'consul' }, /discovery\.registry/],
    [{ registry: 'consul' as const, consul: { url: 'consul:8500' } }, /discovery\.consul\.url/],
  ])('is refused at the start: %j', async (discovery, message) => {
    await expect(start({ discovery })).rejects.toThrow(message);
  });

  it('is named by the environment', async () => {
    const env = { PORT: '0', PORTICO_DISCOVERY_REGISTRY: 'consul', PORTICO_DISCOVERY_CONSUL_URL: consul.service.origin, PORTICO_SERVICES_CATALOG_INSTANCES: 'http://127.0.0.1:1', PORTICO_LOG_LEVEL: 'silent' };
    const gateway = await createGateway({ name: 'test-bff', config: GatewayConfig, module: moduleOf([ThingsController], []), pipeline: () => definePipeline() }, { env });
    onTestFinished(() => gateway.close());
    expect(await (await fetch(`${gateway.url}/things/catalog`)).json()).toEqual({ from: 'found' });
  });
});
