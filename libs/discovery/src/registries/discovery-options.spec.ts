import { isConfigurationError, loadConfig } from '@portico/config';
import { describe, expect, it } from 'vitest';
import { discoveryOptions } from './discovery-options.js';
import { EurekaRegistrationOptions } from './eureka/eureka-registration.config.js';

const required = { consul: {}, eureka: {}, 'dns-srv': { name: 'a.b' }, kubernetes: {}, 'service-fabric': { service: 'Shop/Catalog' } };

function faultsOf(type: new () => object, overrides: object): string[] {
  try {
    loadConfig(type, { env: {}, overrides });
    return [];
  } catch (error) {
    if (isConfigurationError(error)) return error.faults.map(({ path }) => path);
    throw error;
  }
}

describe.each(Object.entries(discoveryOptions))('options of %s', (name, type) => {
  const needed = required[name as keyof typeof required];

  it('hold with their defaults, and what has none', () => {
    expect(faultsOf(type, needed)).toEqual([]);
  });
});

describe('options of discovery', () => {
  it.each([
    ['consul', { url: 'ftp://a' }, 'url'],
    ['consul', { url: 'http://user:word@a' }, 'url'],
    ['consul', { url: 'http://a/?x' }, 'url'],
    ['consul', { url: 'http://' }, 'url'],
    ['consul', { address: 'best' }, 'address'],
    ['consul', { scheme: 'ftp' }, 'scheme'],
    ['consul', { tags: [''] }, 'tags[0]'],
    ['consul', { token: 'a\nb' }, 'token'],
    ['consul', { waitMs: 900_000 }, 'waitMs'],
    ['consul', { startTimeoutMs: -1 }, 'startTimeoutMs'],
    ['consul', { retryMinMs: 0 }, 'retryMinMs'],
    ['eureka', { urls: [] }, 'urls'],
    ['eureka', { urls: ['http://a', 'b'] }, 'urls[1]'],
    ['eureka', { user: 'a:b' }, 'user'],
    ['eureka', { refreshMs: 10 }, 'refreshMs'],
    ['dns-srv', {}, 'name'],
    ['dns-srv', { name: 'a b' }, 'name'],
    ['dns-srv', { name: 'a..b' }, 'name'],
    ['dns-srv', { name: 'a', servers: ['ns.example'] }, 'servers[0]'],
    ['kubernetes', { namespace: 'a/b' }, 'namespace'],
    ['kubernetes', { service: '../x' }, 'service'],
    ['service-fabric', {}, 'service'],
    ['service-fabric', { service: 'Shop' }, 'service'],
    ['service-fabric', { service: 'Shop/..' }, 'service'],
  ] as const)('%s refuses %j', (name, given, path) => {
    expect(faultsOf(discoveryOptions[name], given)).toEqual([path]);
  });

  it.each([['10.0.0.2'], ['10.0.0.2:5353'], ['fd00::2'], ['[fd00::2]:5353']])('take the name server %s', (server) => {
    expect(faultsOf(discoveryOptions['dns-srv'], { name: '_http._tcp.catalog.internal.', servers: [server] })).toEqual([]);
  });

  it('of a registration need the name of the application and of the host', () => {
    expect(faultsOf(EurekaRegistrationOptions, {})).toEqual(['app', 'hostName']);
    expect(faultsOf(EurekaRegistrationOptions, { app: 'web-bff', hostName: 'web.example', port: 8080 })).toEqual([]);
  });
});
