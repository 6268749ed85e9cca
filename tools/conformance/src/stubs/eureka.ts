import type { RegistryAnswer, RegistrySpec } from './registry.js';

/** Eureka's applications, all or one; a delta is empty. */
export function eurekaAnswer(url: URL, { services }: RegistrySpec): RegistryAnswer {
  const [, rest] = /^\/eureka\/apps(?:\/(.*))?$/.exec(url.pathname) ?? [];
  if (!url.pathname.startsWith('/eureka/apps')) return undefined;
  const applications = Object.entries(services).map(([name, ports]) => applicationOf(name, ports as readonly unknown[]));
  const up = applications.reduce((sum, { instance }) => sum + instance.length, 0);
  if (rest && rest !== 'delta') {
    const application = applications.find(({ name }) => name === rest.toUpperCase());
    return application && { json: { application } };
  }
  return { json: { applications: { versions__delta: '1', apps__hashcode: `UP_${up}_`, application: rest === 'delta' ? [] : applications } } };
}

function applicationOf(service: string, ports: readonly unknown[]): { name: string; instance: unknown[] } {
  const name = service.toUpperCase();
  const instance = ports.map((port) => ({
    instanceId: `localhost:${service}:${String(port)}`,
    hostName: 'localhost',
    app: name,
    ipAddr: '127.0.0.1',
    status: 'UP',
    port: { $: Number(port), '@enabled': 'true' },
    securePort: { $: 443, '@enabled': 'false' },
    vipAddress: service,
    metadata: {},
    dataCenterInfo: { '@class': 'com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo', name: 'MyOwn' },
  }));
  return { name, instance };
}
