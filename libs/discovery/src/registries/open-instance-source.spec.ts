import { ManualClock, settle, startFakeService, type FakeHandler } from '@portico/core/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { inShort, optionsOf } from '../../test/registry-fixtures.js';
import { ConsulOptions } from './consul/consul.config.js';
import { DnsSrvOptions } from './dns-srv/dns-srv.config.js';
import { EurekaOptions } from './eureka/eureka.config.js';
import { KubernetesOptions } from './kubernetes/kubernetes.config.js';
import { instanceSource, type InstanceSourceDependencies, type InstanceSourceOptions } from './open-instance-source.js';
import { ServiceFabricOptions } from './service-fabric/service-fabric.config.js';

function opening(options: InstanceSourceOptions, resolveSrv?: InstanceSourceDependencies['resolveSrv']) {
  const clock = new ManualClock();
  const errors: string[] = [];
  const opened = instanceSource(options, { service: 'catalog', clock, random: () => 1, onError: (error) => void errors.push(error.message), resolveSrv });
  onTestFinished(async () => {
    const source = await opened.catch(() => undefined);
    await source?.close();
    expect(clock.pending).toBe(0);
  });
  return { clock, errors, opened };
}

async function stub(handler: FakeHandler): Promise<string> {
  const server = await startFakeService(handler);
  onTestFinished(() => server.close());
  return server.origin;
}

const known = async (opened: ReturnType<typeof instanceSource>): Promise<string[]> => (await opened).current().map(inShort);

describe('the source of instances', () => {
  it('is a list', async () => {
    expect(await known(opening({ instances: ['http://b:2 weight=3'] }).opened)).toEqual(['http://b:2 3']);
  });

  it('is Consul', async () => {
    const url = await stub(({ url: path }, response) => {
      response.setHeader('x-consul-index', '1');
      return path.includes('index=') ? undefined : [{ Node: {}, Service: { Address: 'a', Port: 81 }, Checks: [] }];
    });
    expect(await known(opening({ discovery: { name: 'consul', options: optionsOf(ConsulOptions, { url }) } }).opened)).toEqual(['http://a:81']);
  });

  it('is Eureka', async () => {
    const url = await stub(() => ({ applications: { application: [{ name: 'CATALOG', instance: [{ hostName: 'a', status: 'UP', port: { $: 81, '@enabled': 'true' } }] }] } }));
    expect(await known(opening({ discovery: { name: 'eureka', options: optionsOf(EurekaOptions, { urls: [url] }) } }).opened)).toEqual(['http://a:81']);
  });

  it('is DNS', async () => {
    const { opened } = opening({ discovery: { name: 'dns-srv', options: optionsOf(DnsSrvOptions, { name: 'x' }) } }, async () => [{ name: 'a', port: 81, priority: 1, weight: 1 }]);
    expect(await known(opened)).toEqual(['http://a:81']);
  });

  it('is Kubernetes', async () => {
    const endpoints = { kind: 'Endpoints', metadata: { name: 'catalog', resourceVersion: '1' }, subsets: [{ addresses: [{ ip: '10.0.0.1' }], ports: [{ port: 81 }] }] };
    const url = await stub(({ url: path }) => (path.includes('watch=1') ? undefined : endpoints));
    expect(await known(opening({ discovery: { name: 'kubernetes', options: optionsOf(KubernetesOptions, { url, namespace: 'shop', tokenFile: '' }) } }).opened)).toEqual(['http://10.0.0.1:81']);
  });

  it('is the reverse proxy of Service Fabric', async () => {
    const { opened } = opening({ instances: [], discovery: { name: 'service-fabric', options: optionsOf(ServiceFabricOptions, { service: 'Shop/Catalog' }) } });
    expect((await opened).current()).toMatchObject([{ pathPrefix: '/Shop/Catalog' }]);
  });

  it.each([[{}], [{ instances: [] }]])('must be named: %j', async (options) => {
    await expect(opening(options).opened).rejects.toThrow('at least one address is needed');
  });

  it('cannot be two', async () => {
    const { opened } = opening({ instances: ['http://a:1'], discovery: { name: 'consul', options: new ConsulOptions() } });
    await expect(opened).rejects.toThrow('The service catalog has instances and consul: say one of them.');
  });

  it('that cannot be asked is reported once a minute, by the name of the service, and the start goes on without instances', async () => {
    const options = optionsOf(DnsSrvOptions, { name: 'x', startTimeoutMs: 5_000 });
    const { clock, errors, opened } = opening({ discovery: { name: 'dns-srv', options } }, () => Promise.reject(Object.assign(new Error('x'), { code: 'ESERVFAIL' })));
    let open = false;
    void opened.then(() => (open = true));
    while (errors.length === 0) await settle();
    await clock.advance(4_999);
    expect(open).toBe(false);
    await clock.advance(1);
    expect(await known(opened)).toEqual([]);
    expect(errors).toEqual(['Instances of catalog from dns-srv: the look-up of x failed: ESERVFAIL']);
    await clock.advance(90_000);
    expect(errors).toHaveLength(2);
  });
});
