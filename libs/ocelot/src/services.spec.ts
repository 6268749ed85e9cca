import { describe, expect, it } from 'vitest';
import { codesOf, importedRoute, notedAt, ocelotRoute } from '../test/fixtures.js';
import { importOcelot, type ImportOptions, type JsonObject } from './index.js';
import { names } from './names.js';

const none = { [names.serviceHosts]: [] };
const provider = (more: JsonObject): JsonObject => ({ ServiceDiscoveryProvider: { Host: 'registry', Port: 8500, ...more } });
const serviceOf = (route: JsonObject, global: JsonObject, options?: ImportOptions): unknown => importedRoute({ ...none, ServiceName: 'wares', ...route }, global, options).service;

describe('instances', () => {
  it('are shared by the routes that call them in the same way', () => {
    const { file } = importOcelot({ Routes: [ocelotRoute('/a'), ocelotRoute('/b'), ocelotRoute('/c', '/c', { [names.serviceScheme]: 'https', DangerousAcceptAnyServerCertificateValidator: true })] });
    expect(file.services).toEqual({
      'catalog-8001': { instances: ['http://catalog:8001'], balancer: { first: {} }, ejection: { maxEjectedPercent: 0 } },
      'catalog-8001-2': { instances: ['https://catalog:8001'], balancer: { first: {} }, ejection: { maxEjectedPercent: 0 }, tls: { verify: false } },
    });
  });

  it.each([
    ['RoundRobin', { 'round-robin': {} }],
    ['leastconnection', { 'least-request': {} }],
    ['NoLoadBalancer', { first: {} }],
    ['CookieStickySessions', { 'session-affinity': { cookie: '.AspNetCore.Session', expiryMs: 1_200_000 } }],
  ])('are balanced by %s', (Type, balancer) => {
    expect(importedRoute({ [names.serviceHosts]: [{ Host: 'a' }, { Host: 'b' }], LoadBalancerOptions: { Type } }).service).toMatchObject({ instances: ['http://a', 'http://b'], balancer });
  });

  it('of WebSockets are taken from pages of any origin, as in Ocelot', () => {
    expect(importedRoute({ [names.serviceScheme]: 'wss' })).toMatchObject({ route: { websocket: true, origins: ['*'] }, service: { instances: ['https://catalog:8001'] } });
    expect(importedRoute({}).route.websocket).toBeUndefined();
  });

  it('of WebSockets keep no answers, and say so', () => {
    const imported = importedRoute({ [names.serviceScheme]: 'ws', [names.clientMethod]: ['Get'], CacheOptions: { TtlSeconds: 9 } });
    expect([imported.route.cache, notedAt(imported)]).toEqual([undefined, ['Routes[0]']]);
  });

  it('are refused with a balancer that nobody knows, and where there are none', () => {
    expect(codesOf(importedRoute({ [names.serviceHosts]: [{ Host: 'a' }, { Host: 'b' }], LoadBalancerOptions: { Type: 'Mine' } }))).toEqual(['unknown-balancer']);
    expect(codesOf(importedRoute(none))).toEqual([`no-${['down', 'stream'].join('')}-host`]);
  });

  it.each([
    ['http', '2.0', undefined, undefined],
    ['https', '2.0', undefined, 'http2'],
    ['https', '2.0', 'RequestVersionExact', 'http2-only'],
    ['http', '2', 'RequestVersionOrHigher', 'http2-only'],
    ['https', '1.1', 'RequestVersionOrHigher', 'http2'],
    ['https', '1.1', 'RequestVersionExact', undefined],
    ['wss', '2.0', 'RequestVersionExact', undefined],
  ])('are spoken to over %s with version %s %s as %s', (scheme, version, policy, protocol) => {
    const more = { [names.serviceScheme]: scheme, [names.serviceHttpVersion]: version, ...(policy && { [names.serviceHttpVersionPolicy]: policy }) };
    expect(importedRoute(more)).toMatchObject({ faults: [] });
    expect(importedRoute(more).service.protocol).toBe(protocol);
  });

  it('are refused with a version or policy that is none', () => {
    expect(codesOf(importedRoute({ [names.serviceHttpVersion]: 'two', [names.serviceHttpVersionPolicy]: 'Any' }))).toEqual(['bad-http-version', 'bad-http-version-policy']);
  });

  it('have as many connections as they may', () => {
    expect(importedRoute({ HttpHandlerOptions: { MaxConnectionsPerServer: 5 } }).service).toMatchObject({ connections: 5 });
    expect(importedRoute({ HttpHandlerOptions: { MaxConnectionsPerServer: 2_147_483_647 } }).service.connections).toBeUndefined();
  });
});

describe('registries', () => {
  it('are asked for the service by name, each in its own way', () => {
    expect(serviceOf({}, provider({ Type: 'PollConsul', Token: 't', PollingInterval: 100 }))).toMatchObject({
      discovery: { consul: { url: 'http://registry:8500', service: 'wares', address: 'node-name', scheme: 'http', token: 't' } },
    });
    expect(serviceOf({}, provider({ Type: 'Eureka' }), { eureka: 'http://eureka/eureka' })).toMatchObject({ discovery: { eureka: { urls: ['http://eureka/eureka'], app: 'wares', securePort: 'never' } } });
    expect(serviceOf({ ServiceNamespace: 'shop' }, provider({ Type: 'Kube', Scheme: 'https', Namespace: 'dev' }))).toMatchObject({
      discovery: { kubernetes: { url: 'https://registry:8500', namespace: 'shop', service: 'wares', scheme: 'http' } },
    });
    expect(serviceOf({ ServiceName: 'Shop/Wares' }, provider({ Type: 'ServiceFabric' }))).toMatchObject({ discovery: { 'service-fabric': { url: 'http://registry:8500', service: 'Shop/Wares' } } });
  });

  it('write a name of Service Fabric with placeholders into the path', () => {
    const { file } = importOcelot({ Routes: [ocelotRoute('/{app}/wares', '/api', { ...none, ServiceName: '{app}/Wares' })], GlobalConfiguration: provider({ Type: 'ServiceFabric' }) });
    expect(file.routes).toMatchObject({ 'app-wares': { to: { path: '/{app}/Wares/api' } } });
  });

  it('that are code need the instances that they find', () => {
    const global = provider({ Type: 'Mine' });
    expect(serviceOf({}, global, { services: { wares: ['http://a', 'http://b'] } })).toMatchObject({ instances: ['http://a', 'http://b'] });
    expect(codesOf(importedRoute({ ...none, ServiceName: 'wares' }, global))).toEqual(['unknown-service-discovery-provider']);
  });

  it('have settings that are not needed, and a token that belongs into a file', () => {
    const imported = importedRoute({ ...none, ServiceName: 'wares' }, provider({ Type: 'Kube', Token: 't', PollingInterval: 1, ConfigurationKey: 'x' }));
    expect(notedAt(imported)).toEqual(['PollingInterval', 'ConfigurationKey', 'Token'].map((name) => `GlobalConfiguration.ServiceDiscoveryProvider.${name}`));
  });
});

describe('dynamic routing', () => {
  const global = { ...provider({ Type: 'custom' }), RateLimitOptions: { Limit: 2, Period: '1s' } };

  it('makes a route for each service, with the global options and its own over them', () => {
    const dynamic = [{ ServiceName: 'two', ServiceNamespace: 'ns', Timeout: 3, RateLimitRule: { Limit: 9, Period: '1m' } }];
    const { file, faults } = importOcelot({ DynamicRoutes: dynamic, GlobalConfiguration: global }, { services: { one: ['http://a'], two: ['http://b'] } });
    expect(faults).toEqual([]);
    expect(file.routes).toMatchObject({
      'ns-two': { match: { path: '/ns.two/{rest*}' }, to: { service: 'two', path: '/{rest}' }, timeoutMs: 3_000, rateLimit: { limit: 9 } },
      one: { match: { path: '/one/{rest*}' }, access: { anonymous: true }, rateLimit: { limit: 2 } },
    });
  });

  it('opens every service of a registry, and says so', () => {
    const { file, report } = importOcelot({ GlobalConfiguration: provider({ Type: 'Consul' }) });
    expect(file.routes).toMatchObject({ 'any-service': { match: { path: '/{service}/{rest*}' }, to: { service: 'service', member: '{service}' } } });
    expect(file.services).toMatchObject({ service: { discovery: { consul: { url: 'http://registry:8500' } } } });
    expect(report.notes.map(({ kind }) => kind)).toEqual(['changed']);
  });

  it('is off beside static routes', () => {
    const imported = importOcelot({ Routes: [ocelotRoute('/a')], DynamicRoutes: [{ ServiceName: 'one' }], GlobalConfiguration: provider({ Type: 'Consul' }) });
    expect(Object.keys(imported.file.routes as object)).toEqual(['a']);
    expect(notedAt(imported)).toEqual(['DynamicRoutes']);
  });
});
