import { describe, expect, it } from 'vitest';
import { codesOf, importedRoute, notedAt } from '../test/fixtures.js';
import { names } from './names.js';

const schemes = ['Bearer', 'Other'];

describe('global options', () => {
  const global = { LoadBalancerOptions: { Type: 'RoundRobin', RouteKeys: ['k'] }, CacheOptions: { TtlSeconds: 9, Region: 'eu' } };
  const two = { [names.serviceHosts]: [{ Host: 'a' }, { Host: 'b' }] };

  it('hold for the listed routes only, and for all where none is listed', () => {
    expect(importedRoute(two, global)).toMatchObject({ service: { balancer: { first: {} } }, route: { cache: { ttlMs: 9_000 } } });
    expect(importedRoute({ ...two, Key: 'k' }, global).service).toMatchObject({ balancer: { 'round-robin': {} } });
  });

  it('give way to those of the route, property by property', () => {
    expect(importedRoute({ CacheOptions: { Region: 'us' } }, global).route).toMatchObject({ cache: { ttlMs: 9_000, region: 'us' } });
    expect(importedRoute({ FileCacheOptions: { TtlSeconds: 1 }, CacheOptions: { TtlSeconds: 2 } }, global).route).toMatchObject({ cache: { ttlMs: 1_000 } });
  });
});

describe('access', () => {
  it('is open where nothing asks for a token', () => {
    expect(importedRoute({}).route).toMatchObject({ access: { anonymous: true } });
    expect(importedRoute({ AuthenticationOptions: { AllowAnonymous: true } }, { AuthenticationOptions: { AuthenticationProviderKeys: ['Bearer'] } }, { schemes }).route).toMatchObject({ access: { anonymous: true } });
  });

  it('asks for one of the scopes, of one of the issuers', () => {
    const { route } = importedRoute({ [names.clientMethod]: ['Get'], AuthenticationOptions: { AuthenticationProviderKeys: ['Bearer', 'Other'], AllowedScopes: ['a', 'b'] } }, {}, { schemes });
    expect(route).toMatchObject({ access: { scopes: ['a', 'b'], anyScope: true, clients: true, issuers: ['Bearer', 'Other'] } });
  });

  it('asks for the issuers of schemes that are not told, and refuses schemes that nobody registers', () => {
    const options = { [names.clientMethod]: ['Get'], AuthenticationOptions: { AuthenticationProviderKey: 'Nobody' } };
    expect(importedRoute(options).report.notes.map(({ kind }) => kind)).toEqual(['code']);
    expect(codesOf(importedRoute(options, {}, { schemes }))).toEqual(['unknown-authentication-provider']);
  });

  it('is noted where OPTIONS passed without a token', () => {
    expect(notedAt(importedRoute({ AuthenticationOptions: { AuthenticationProviderKeys: ['Bearer'] } }, {}, { schemes }))).toEqual(['Routes[0].AuthenticationOptions']);
  });
});

describe('claims', () => {
  it('are required, and written where Ocelot writes them', () => {
    const { route } = importedRoute({
      [names.servicePath]: '/b/{user}',
      RouteClaimsRequirement: { Department: 'sales', 'a.b': '{id}' },
      AddClaimsToRequest: { Kind: 'Claims[sub] > value[0] > |' },
      AddHeadersToRequest: { 'X-User': 'Claims[sub] > value', 'X-Fixed': 'no claim' },
      AddQueriesToRequest: { Role: 'Claims[role] > value[1]' },
      [names.changeServicePath]: { user: 'Claims[sub] > value[1] > |' },
    });
    expect(route).toMatchObject({
      claims: {
        require: { Department: ['sales'], "'a.b'": ['{id}'] },
        toClaims: { Kind: "sub.split('|')[0]" },
        toHeaders: { 'x-user': 'sub' },
        toQuery: { Role: 'role' },
        toPath: { user: "sub.split('|')[1]" },
      },
    });
  });

  it('are noted where nothing names one, and where the path lacks the placeholder', () => {
    const imported = importedRoute({ AddHeadersToRequest: { 'X-Fixed': 'x' }, [names.changeServicePath]: { user: 'Claims[sub] > value' } });
    expect(notedAt(imported)).toEqual([`Routes[0].${names.changeServicePath}.user`, 'Routes[0].AddHeadersToRequest.X-Fixed']);
  });
});

describe('addresses', () => {
  it('are those of the route as a whole, or else the global ones', () => {
    const global = { SecurityOptions: { IPAllowedList: ['10.0.0.0/8'], IPBlockedList: ['10.0.0.1-9'], ExcludeAllowedFromBlocked: true } };
    expect(importedRoute({}, global).route).toMatchObject({ addresses: { allow: ['10.0.0.0/8'], deny: ['10.0.0.1-9'], excludeAllowedFromDenied: true } });
    expect(importedRoute({ SecurityOptions: { IPBlockedList: ['10.0.0.7'] } }, global).route.addresses).toEqual({ deny: ['10.0.0.7'] });
    expect(importedRoute({ SecurityOptions: { IPBlockedList: [] } }).route.addresses).toBeUndefined();
  });
});

describe('rate limits', () => {
  it('count by a header in a fixed window, with the text of the refusal filled in', () => {
    expect(importedRoute({ RateLimitOptions: { Limit: 5, Period: '1.5m', Wait: '10s', ClientWhitelist: ['vip'] } }).route.rateLimit).toEqual({
      limit: 5, windowMs: 90_000, algorithm: 'fixed', by: 'header', header: 'oc-client', blockMs: 10_000, allow: ['vip'], headers: 'legacy', status: 429,
      message: 'API calls quota exceeded! Maximum admitted 5 per 1.5m.',
    });
  });

  it('know the older names', () => {
    const old = { Limit: 1, Period: '1h', PeriodTimespan: 2, HttpStatusCode: 430, QuotaExceededMessage: 'Full: {0}', DisableRateLimitHeaders: true, RateLimitCounterPrefix: 'x' };
    const imported = importedRoute({ RateLimitOptions: old });
    expect(imported.route).toMatchObject({ rateLimit: { blockMs: 2_000, status: 430, message: 'Full: 1', headers: 'none' } });
    expect(notedAt(imported)).toEqual(['Routes[0].RateLimitOptions.RateLimitCounterPrefix']);
  });

  it('can be switched off', () => {
    expect(importedRoute({ RateLimitOptions: { EnableRateLimiting: false } }, { RateLimitOptions: { Limit: 1, Period: '1s' } }).route.rateLimit).toBeUndefined();
  });

  it.each([
    [{ Limit: 0, Period: '1s' }, 'bad-rate-limit-limit'],
    [{ Limit: 1 }, 'bad-rate-limit-period'],
    [{ Limit: 1, Period: '10' }, 'bad-rate-limit-period'],
    [{ Limit: 1, Period: '0s' }, 'bad-rate-limit-period'],
    [{ Limit: 1, Period: '1s', Wait: 'soon' }, 'bad-rate-limit-period'],
    [{ Limit: 1, Period: '1s', StatusCode: 200 }, 'bad-rate-limit-status'],
  ])('are refused when they are %j', (options, code) => {
    expect(codesOf(importedRoute({ RateLimitOptions: options }))).toEqual([code]);
  });

  it('may leave the unit out in the global options', () => {
    expect(importedRoute({}, { RateLimitOptions: { Limit: 1, Period: '500' } })).toMatchObject({ faults: [], route: { rateLimit: { windowMs: 500 } } });
  });
});

describe('quality of service', () => {
  const resilience = (QoSOptions: unknown, more = {}): unknown => importedRoute({ QoSOptions, ...more }).route;

  it('is a time limit of 90 s and no second attempt where nothing is said', () => {
    expect(resilience({})).toMatchObject({ timeoutMs: 90_000, resilience: { totalTimeout: { timeoutMs: 90_000 }, attemptTimeout: { timeoutMs: 90_000 }, retry: { maxAttempts: 1 } } });
  });

  it('opens after failures in a row, or at a ratio', () => {
    expect(resilience({ MinimumThroughput: 3, BreakDuration: 700 })).toMatchObject({ resilience: { circuitBreaker: { failureThreshold: 3, openMs: 700 } } });
    expect(resilience({ ExceptionsAllowedBeforeBreaking: 4, DurationOfBreak: 800, FailureRatio: 0.2 })).toMatchObject({
      resilience: { circuitBreaker: { failureRatio: 0.2, minimumCalls: 4, windowMs: 10_000, openMs: 800 } },
    });
    expect(resilience({ MinimumThroughput: 0, Timeout: 1_000 })).toMatchObject({ resilience: { circuitBreaker: { failureThreshold: 10_000 } } });
  });

  it('lets the attempt end before the whole, so that the circuit breaker counts it', () => {
    expect(resilience({ Timeout: 1_000 })).toMatchObject({ timeoutMs: 90_000, resilience: { attemptTimeout: { timeoutMs: 1_000 }, circuitBreaker: { failureThreshold: 100, openMs: 5_000 } } });
    expect(resilience({ TimeoutValue: 1_500 }, { Timeout: 1 })).toMatchObject({ timeoutMs: 2_500 });
  });

  it('takes the time limit of the route, or else the global one', () => {
    expect(importedRoute({}, { Timeout: 4 }).route).toMatchObject({ timeoutMs: 4_000 });
    expect(importedRoute({ Timeout: 2 }, { Timeout: 4 }).route).toMatchObject({ timeoutMs: 2_000 });
    expect(codesOf(importedRoute({ Timeout: 0 }))).toEqual(['bad-timeout']);
  });

  it.each([{ BreakDuration: 500, MinimumThroughput: 2 }, { MinimumThroughput: 1 }, { FailureRatio: 1.5 }, { FailureRatio: 0.5, SamplingDuration: 500 }, { Timeout: 10 }, { Timeout: 86_400_000 }])(
    'refuses %j, where Ocelot takes another value',
    (options) => expect(codesOf(importedRoute({ QoSOptions: options }))).toEqual(['bad-qos-value']),
  );
});

describe('caching', () => {
  it('goes by time alone, for every method of the route', () => {
    const imported = importedRoute({ [names.clientMethod]: ['Get', 'Post'], CacheOptions: { TtlSeconds: 5, Header: 'X-Key' } });
    expect(imported.route.cache).toEqual({ ttlMs: 5_000, methods: ['GET', 'POST'], honour: 'ttl-only', keyHeaders: ['x-key'] });
    expect(notedAt(imported)).toEqual(['Routes[0].CacheOptions.TtlSeconds']);
    expect(notedAt(importedRoute({ [names.clientMethod]: ['Post'], CacheOptions: { TtlSeconds: 5, EnableContentHashing: true } }))).toEqual([]);
  });

  it('is off without a time', () => {
    expect(importedRoute({ CacheOptions: { TtlSeconds: 0 } }).route.cache).toBeUndefined();
  });
});

describe('headers', () => {
  it('are replaced first, then set; the route has its say before the global ones', () => {
    const { route, file } = importedRoute(
      { [names.requestHeaderTransform]: { 'X-A': 'x', 'X-B': 'old, {BaseUrl}' }, [names.responseHeaderTransform]: { Location: `${names.serviceBaseUrlPlaceholder}, {BaseUrl}`, Via: 'us' } },
      { [names.requestHeaderTransform]: { 'x-a': 'never', 'X-Host': names.clientHostPlaceholder } },
    );
    expect(route.headers).toEqual({
      request: [{ replace: { header: 'x-b', find: 'old', with: '{BaseUrl}' } }, { set: { 'x-a': 'x', 'x-host': '{ClientHost}' } }],
      response: [{ replace: { header: 'location', find: '{ServiceBaseUrl}/', with: '{BaseUrl}/' } }, { setIfAbsent: { via: 'us' } }],
    });
    expect(file.settings).toMatchObject({ baseUrl: 'http://localhost:5000' });
  });

  it('pass the id of a request on, or make one', () => {
    expect(importedRoute({}, { RequestIdKey: 'X-Rid' }).route).toMatchObject({ headers: { request: [{ setIfAbsent: { 'x-rid': '{request.id}' } }] } });
  });

  it('note placeholders that are code', () => {
    expect(notedAt(importedRoute({ [names.requestHeaderTransform]: { 'X-A': '{Mine}' } }))).toEqual([`Routes[0].${names.requestHeaderTransform}.X-A`]);
  });
});

it('delegating handlers are policies around the call, by name', () => {
  const { route, file } = importedRoute({ DelegatingHandlers: ['B', 'AddTenant'] }, {}, { globalHandlers: ['G'] });
  expect(file.policies).toEqual({ backend: [{ g: {} }] });
  expect(route.policies).toEqual({ backend: ['base', { b: {} }, { 'add-tenant': {} }] });
});

it('what nothing stands for is reported by its path', () => {
  const imported = importedRoute({ Metadata: { a: '1' }, HttpHandlerOptions: { AllowAutoRedirect: true, UseCookieContainer: true, UseProxy: true, UseTracing: true }, Unheard: 1 }, { MetadataOptions: {} });
  expect(notedAt(imported)).toEqual([
    'GlobalConfiguration.MetadataOptions',
    'Routes[0].Unheard',
    'Routes[0].Metadata',
    ...['AllowAutoRedirect', 'UseCookieContainer', 'UseProxy', 'UseTracing'].map((name) => `Routes[0].HttpHandlerOptions.${name}`),
  ]);
});
