import { describe, expect, it } from 'vitest';
import { readEnvironment } from './environment.js';
import { serviceNames } from './service-catalogue.js';

describe('environment', () => {
  it('starts everything on 127.0.0.1 from port 4000 when nothing is said', () => {
    const environment = readEnvironment([], {});
    expect(environment).toMatchObject({ only: serviceNames, host: '127.0.0.1', seed: 42, identity: {} });
    expect([environment.ports.identity, environment.ports.catalog, environment.ports.shipping]).toEqual([4_000, 4_001, 4_009]);
  });

  it('takes services from the arguments before SERVICES', () => {
    expect(readEnvironment(['pricing', 'catalog'], { SERVICES: 'basket' }).only).toEqual(['catalog', 'pricing']);
    expect(readEnvironment([], { SERVICES: ' basket , catalog' }).only).toEqual(['catalog', 'basket']);
  });

  it('takes ports, host, seed and issuer', () => {
    expect(readEnvironment([], { CATALOG_PORT: '5001', HOST: '0.0.0.0', SHOP_SEED: '7', IDENTITY_ISSUER: 'http://id.example' })).toMatchObject({
      ports: { catalog: 5_001, pricing: 4_002 },
      host: '0.0.0.0',
      seed: 7,
      identity: { issuer: 'http://id.example' },
    });
  });

  it('takes the web client’s keys together with its redirects', () => {
    const keys = { SHOP_WEB_JWKS: '{"keys":[]}' };
    expect(readEnvironment([], { ...keys, SHOP_WEB_REDIRECT_URIS: 'http://a/cb, http://b/cb' }).identity.webClient).toEqual({ jwks: { keys: [] }, redirectUris: ['http://a/cb', 'http://b/cb'] });
    expect(() => readEnvironment([], keys)).toThrow(/SHOP_WEB_REDIRECT_URIS/);
    expect(() => readEnvironment([], { SHOP_WEB_JWKS: 'no', SHOP_WEB_REDIRECT_URIS: 'http://a/cb' })).toThrow(/SHOP_WEB_JWKS/);
  });

  it('names everything that is wrong at once, on one line', () => {
    const read = () => readEnvironment(['catalg'], { PRICING_PORT: '70000', SHOP_SEED: '-1', IDENTITY_ISSUER: 'here' });
    expect(read).toThrow(/^unknown service "catalg".*PRICING_PORT.*SHOP_SEED.*IDENTITY_ISSUER.*$/);
  });
});
