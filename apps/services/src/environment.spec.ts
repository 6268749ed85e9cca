import { hostname, networkInterfaces } from 'node:os';
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

  it('registers the clients of BFFs that run beside it, with keys that they publish', () => {
    expect(readEnvironment([], {}).identity).toEqual({
      webClient: {
        jwksUri: 'http://127.0.0.1:3010/bff/jwks',
        redirectUris: ['http://localhost:3010/bff/callback'],
        postLogoutRedirectUris: ['http://localhost:3010/'],
        backchannelLogoutUri: 'http://127.0.0.1:3010/bff/backchannel',
      },
      backchannelLogoutUris: { mobile: 'http://127.0.0.1:3020/bff/backchannel', desktop: 'http://127.0.0.1:3030/bff/backchannel' },
      serviceClients: { web: { jwksUri: 'http://127.0.0.1:3010/bff/jwks' }, mobile: { jwksUri: 'http://127.0.0.1:3020/bff/jwks' }, desktop: { jwksUri: 'http://127.0.0.1:3030/bff/jwks' } },
    });
  });

  it('follows the BFFs to other ports', () => {
    const { webClient, backchannelLogoutUris } = readEnvironment([], { WEB_BFF_PORT: '5010', MOBILE_BFF_PORT: '5020' }).identity;
    expect(webClient).toMatchObject({ redirectUris: ['http://localhost:5010/bff/callback'], backchannelLogoutUri: 'http://127.0.0.1:5010/bff/backchannel' });
    expect(backchannelLogoutUris).toEqual({ mobile: 'http://127.0.0.1:5020/bff/backchannel', desktop: 'http://127.0.0.1:3030/bff/backchannel' });
  });

  it('takes the web client’s keys, redirects and logout address', () => {
    const web = { SHOP_WEB_JWKS: '{"keys":[]}', SHOP_WEB_REDIRECT_URIS: 'http://a/cb, http://b/cb', SHOP_WEB_POST_LOGOUT_REDIRECT_URIS: 'http://a/', SHOP_WEB_BACKCHANNEL_URI: 'http://a/out' };
    expect(readEnvironment([], web).identity.webClient).toEqual({ jwks: { keys: [] }, redirectUris: ['http://a/cb', 'http://b/cb'], postLogoutRedirectUris: ['http://a/'], backchannelLogoutUri: 'http://a/out' });
    expect(() => readEnvironment([], { ...web, SHOP_WEB_REDIRECT_URIS: 'nowhere' })).toThrow(/SHOP_WEB_REDIRECT_URIS/);
    expect(() => readEnvironment([], { ...web, SHOP_WEB_JWKS: 'no' })).toThrow(/SHOP_WEB_JWKS/);
  });

  it('takes keys or a secret for the clients that call services', () => {
    const secret = 'x'.repeat(32);
    const { serviceClients } = readEnvironment([], { WEB_BFF_SECRET: secret, MOBILE_BFF_JWKS: '{"keys":[]}', DESKTOP_BFF_JWKS_URI: 'http://d/keys' }).identity;
    expect(serviceClients).toEqual({ web: { secret }, mobile: { jwks: { keys: [] } }, desktop: { jwksUri: 'http://d/keys' } });
    expect(() => readEnvironment([], { WEB_BFF_SECRET: 'short' })).toThrow(/WEB_BFF_SECRET must have at least 32 characters/);
  });

  it('takes the keys of who vouches for installed apps', () => {
    expect(readEnvironment([], { ATTESTER_JWKS: '{"keys":[]}' }).identity.attesterKeys).toEqual({ keys: [] });
    expect(() => readEnvironment([], { ATTESTER_JWKS: 'no' })).toThrow('ATTESTER_JWKS must be a JSON Web Key Set');
  });

  it('takes how many times a second a price moves', () => {
    const ticks = (value?: string) => readEnvironment([], { PRICE_TICKS_PER_SECOND: value }).priceTicksPerSecond;
    expect([ticks(), ticks(''), ticks('0'), ticks('1000')]).toEqual([2, 2, 0, 1_000]);
    for (const wrong of ['1001', '-1', '0.5', 'many']) expect(() => ticks(wrong)).toThrow(`PRICE_TICKS_PER_SECOND must be a whole number from 0 to 1000, not "${wrong}"`);
  });

  it('has services check the tokens that are sent, and knows whose', () => {
    expect(readEnvironment([], {}).serviceTokens).toEqual({ mode: 'optional' });
    expect(readEnvironment(['catalog'], { SERVICE_TOKENS: 'required', IDENTITY_PORT: '5000' }).serviceTokens).toEqual({ mode: 'required', issuer: 'http://127.0.0.1:5000' });
    expect(readEnvironment([], { IDENTITY_ISSUER: 'http://id.example', IDENTITY_JWKS_URI: 'http://id:1/jwks' }).serviceTokens).toEqual({ mode: 'optional', issuer: 'http://id.example', jwksUri: 'http://id:1/jwks' });
    expect(() => readEnvironment([], { SERVICE_TOKENS: 'maybe' })).toThrow(/SERVICE_TOKENS must be required, optional, off/);
  });

  it('reads who takes spans, if anybody does', () => {
    expect(readEnvironment([], {}).otlpEndpoint).toBeUndefined();
    expect(readEnvironment([], { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' }).otlpEndpoint).toBe('http://collector:4318');
    expect(() => readEnvironment([], { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' })).toThrow('OTEL_EXPORTER_OTLP_ENDPOINT must be an http or https URL');
  });

  it('reads where services register, and as what', () => {
    expect(readEnvironment([], {})).toMatchObject({ consul: undefined, drainMs: 0 });
    const consul = (more: Record<string, string> = {}) => readEnvironment([], { CONSUL_URL: 'http://consul:8500', ...more }).consul;
    expect(consul()).toEqual({ url: 'http://consul:8500', address: '127.0.0.1', machine: hostname() });
    expect(consul({ HOST: '10.0.0.7' })?.address).toBe('10.0.0.7');
    expect(consul({ HOST: '10.0.0.7', ADVERTISE_HOST: 'catalog.internal' })?.address).toBe('catalog.internal');
    const own = Object.values(networkInterfaces()).flatMap((list) => list ?? []).find(({ family, internal }) => family === 'IPv4' && !internal);
    expect([consul({ HOST: '0.0.0.0' })?.address, consul({ HOST: '::' })?.address]).toEqual(Array(2).fill(own?.address ?? '127.0.0.1'));
    for (const wrong of ['consul:8500', 'ftp://consul', 'http://', 'http://user:word@consul', 'http://consul/?a']) expect(() => consul({ CONSUL_URL: wrong }), wrong).toThrow(/^CONSUL_URL must be an http or https URL without credentials, query and fragment$/);
    for (const wrong of ['http://a', 'a:80', 'a b']) expect(() => consul({ ADVERTISE_HOST: wrong }), wrong).toThrow(`ADVERTISE_HOST must be a host name or an IP address, not "${wrong}"`);
    expect(readEnvironment([], { DRAIN_MS: '2500' }).drainMs).toBe(2_500);
    expect(() => readEnvironment([], { DRAIN_MS: '60001' })).toThrow('DRAIN_MS must be a whole number from 0 to 60000, not "60001"');
  });

  it('names everything that is wrong at once, on one line', () => {
    const read = () => readEnvironment(['catalg'], { PRICING_PORT: '70000', SHOP_SEED: '-1', IDENTITY_ISSUER: 'here', CONSUL_URL: 'consul', DRAIN_MS: 'long' });
    expect(read).toThrow(/^unknown service "catalg".*PRICING_PORT.*SHOP_SEED.*IDENTITY_ISSUER.*CONSUL_URL.*DRAIN_MS.*$/);
  });
});
