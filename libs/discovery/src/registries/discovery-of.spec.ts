import { loadConfig } from '@portico/config';
import { describe, expect, it } from 'vitest';
import { DiscoveryConfig, registryNames } from './discovery.config.js';
import { discoveryOf } from './discovery-of.js';
import { discoveryOptions } from './discovery-options.js';

const chosen = (env: Record<string, string>) => discoveryOf(loadConfig(DiscoveryConfig, { env, prefix: 'D' }));

describe('the registry of all services', () => {
  it('is none unless one is named', () => {
    expect(chosen({})).toBeUndefined();
  });

  it.each(registryNames.filter((name) => name !== ''))('%s is asked with the defaults that one service has, and for its own name', (name) => {
    expect(chosen({ D_REGISTRY: name })).toEqual({ name, options: new discoveryOptions[name]() });
  });

  it('is asked as its section says', () => {
    expect(chosen({ D_REGISTRY: 'consul', D_CONSUL_URL: 'http://consul:8500', D_CONSUL_TAGS: 'blue', D_CONSUL_WAIT_MS: '1000' })).toMatchObject({ name: 'consul', options: { url: 'http://consul:8500', tags: ['blue'], waitMs: 1_000, service: '' } });
    expect(chosen({ D_REGISTRY: 'eureka', D_EUREKA_URLS: 'http://a/e,http://b/e' })).toMatchObject({ name: 'eureka', options: { urls: ['http://a/e', 'http://b/e'], app: '' } });
    expect(chosen({ D_REGISTRY: 'kubernetes', D_KUBERNETES_NAMESPACE: 'shop' })).toMatchObject({ name: 'kubernetes', options: { namespace: 'shop', service: '' } });
  });

  it('has no name of one service', () => {
    for (const variable of ['D_CONSUL_SERVICE', 'D_EUREKA_APP', 'D_KUBERNETES_SERVICE']) expect(() => chosen({ [variable]: 'catalog' })).toThrow(variable);
  });
});
