import 'reflect-metadata';
import { ThrottlerStorageService, type ThrottlerStorage } from '@nestjs/throttler';
import { validateSync } from 'class-validator';
import { beforeEach, describe, expect, it } from 'vitest';
import { anonymousCaller, HeaderList, type Caller, type Endpoint, type Policy, type PorticoError, type RequestContext, type Resolve } from '@portico/core';
import { ManualClock, testContext } from '@portico/core/testing';
import { callerRateLimit, MemoryThrottlerStorage, Quota, QuotaOptions, RateLimit, RateLimiter, RateLimitOptions, routeQuota, routeRateLimit } from './index.js';

let clock: ManualClock;
let storage: MemoryThrottlerStorage;
let limiter: RateLimiter;
const resolve = (() => limiter) as unknown as Resolve;

beforeEach(() => {
  clock = new ManualClock();
  storage = new MemoryThrottlerStorage({ clock });
  limiter = new RateLimiter(storage, { clock });
});

type Limit = Partial<RateLimitOptions>;
const user = (id: string, over: Partial<Caller> = {}): Caller => ({ ...anonymousCaller, kind: 'user', id, clientId: 'app', key: `user:3:app:${id}`, ...over });

function route(options: Limit, name = 'images'): Endpoint {
  const declared = Object.assign(new RateLimitOptions(), { limit: 2, windowMs: 10_000 }, options);
  return { kind: 'route', name, method: '', path: '/images', declared: <T>(key: string) => (key === 'portico:rate-limit' ? (declared as T) : undefined) };
}

type Asking = { caller?: Caller; address?: string; headers?: Record<string, string>; values?: Record<string, string>; method?: string };
function ask(endpoint: Endpoint, { caller = anonymousCaller, values = {}, ...facts }: Asking = {}, policies: Policy[] = [routeRateLimit()]): RequestContext {
  const context = testContext({ endpoint, ...facts });
  context.caller = caller;
  context.forward = { service: 'catalog', method: 'GET', path: '/', query: '', headers: new HeaderList(), values, body: undefined, serviceBaseUrl: undefined };
  for (const policy of policies) expect(policy.compile(endpoint, resolve)?.inbound?.(context)).toBeUndefined();
  return context;
}
function refusal(endpoint: Endpoint, asking: Asking = {}, policies?: Policy[]): PorticoError {
  try {
    ask(endpoint, asking, policies);
  } catch (error) {
    return error as PorticoError;
  }
  throw new Error('The request was let through');
}
const exhausted = (endpoint: Endpoint, asking: Asking): boolean => {
  try {
    ask(endpoint, asking);
    return false;
  } catch (error) {
    expect((error as PorticoError).code).toBe('LIMIT_EXCEEDED');
    return true;
  }
};

describe('The limit of a route', () => {
  it('says what is left on every answer, and refuses with an integer Retry-After', () => {
    expect(ask(route({})).answerHeaders).toEqual([
      ['ratelimit-policy', '"route";q=2;w=10'],
      ['ratelimit', '"route";r=1;t=10'],
    ]);
    ask(route({}));
    expect(refusal(route({}))).toMatchObject({ code: 'LIMIT_EXCEEDED', headers: { 'retry-after': '10', 'ratelimit-policy': '"route";q=2;w=10', ratelimit: '"route";r=0;t=10' } });
  });

  it('shares the fields with the limit of the whole gateway, let through or refused', () => {
    const policies = [callerRateLimit({ limit: 9, windowMs: 60_000 }), routeRateLimit()];
    const listOf = ({ answerHeaders }: RequestContext) => answerHeaders?.find(([name]) => name === 'ratelimit')?.[1];
    expect(listOf(ask(route({}), {}, policies))).toBe('"caller";r=8;t=60, "route";r=1;t=10');
    ask(route({}), {}, policies);
    const context = testContext({ endpoint: route({}) });
    for (const policy of policies) {
      const step = policy.compile(context.endpoint, resolve)?.inbound;
      if (policy.name === 'rate-limit') expect(() => step?.(context)).toThrow();
      else void step?.(context);
    }
    expect(listOf(context)).toBe('"caller";r=6;t=60, "route";r=0;t=10');
  });

  it('has nothing to do on an endpoint that says nothing, nor on a system endpoint', () => {
    const silent: Endpoint = { ...route({}), declared: () => undefined };
    expect(routeRateLimit().compile(silent, resolve)).toBeUndefined();
    expect(routeRateLimit().compile({ ...route({}), kind: 'system' }, resolve)).toBeUndefined();
  });

  it.each(['sliding', 'fixed', 'token-bucket'] as const)('counts by the algorithm %s', async (algorithm) => {
    const limited = route({ algorithm });
    for (let i = 0; i < 2; i++) ask(limited);
    expect(exhausted(limited, {})).toBe(true);
    await clock.advance(5_000);
    expect(exhausted(limited, {})).toBe(algorithm !== 'token-bucket');
    await clock.advance(15_000);
    expect(exhausted(limited, {})).toBe(false);
  });

  it('keeps a key refused for its block', async () => {
    const limited = route({ algorithm: 'fixed', windowMs: 1_000, blockMs: 30_000 });
    for (let i = 0; i < 2; i++) ask(limited);
    expect(refusal(limited).headers?.['retry-after']).toBe('30');
    await clock.advance(29_999);
    expect(exhausted(limited, {})).toBe(true);
    await clock.advance(1);
    expect(exhausted(limited, {})).toBe(false);
  });

  it('counts the same keys of different routes apart, unless both name a share', () => {
    for (let i = 0; i < 2; i++) ask(route({}, 'one'));
    expect(exhausted(route({}, 'two'), {})).toBe(false);
    for (let i = 0; i < 2; i++) ask(route({ share: 'pictures' }, 'one'));
    expect(exhausted(route({ share: 'pictures' }, 'two'), {})).toBe(true);
    expect(exhausted(route({ share: 'images' }, 'one'), {})).toBe(false);
  });

  it('does not let two windows of one share clear each other', () => {
    const [short, long] = [route({ share: 's', limit: 1, windowMs: 1_000 }, 'one'), route({ share: 's', limit: 1, windowMs: 5_000 }, 'two')];
    for (const endpoint of [short, long]) ask(endpoint);
    for (const endpoint of [short, long]) expect(exhausted(endpoint, {})).toBe(true);
  });
});

describe('The key of a limit', () => {
  const twice = (options: Limit, first: Asking, second: Asking): boolean => {
    const limited = route({ limit: 1, ...options });
    ask(limited, first);
    return exhausted(limited, second);
  };
  const header = (value: string): Asking => ({ headers: { 'x-client': value } });
  const cases: [string, Limit, Asking, Asking, boolean][] = [
    ['caller, the same', { by: 'caller' }, { caller: user('u1') }, { caller: user('u1'), address: '192.0.2.9' }, true],
    ['caller, another', { by: 'caller' }, { caller: user('u1') }, { caller: user('u2') }, false],
    ['caller, of another issuer', { by: 'caller' }, { caller: user('u1') }, { caller: user('u1', { key: 'user@partner:3:app:u1' }) }, false],
    ['caller, anonymous at one address', { by: 'caller' }, { address: '192.0.2.9' }, { address: '::ffff:192.0.2.9' }, true],
    ['caller, anonymous at two addresses', { by: 'caller' }, { address: '192.0.2.9' }, { address: '192.0.2.8' }, false],
    ['address, whoever calls', { by: 'address' }, { caller: user('u1') }, { caller: user('u2') }, true],
    ['address, an IPv6 /64', { by: 'address' }, { address: '2001:db8::1' }, { address: '2001:db8::2:1' }, true],
    ['header, the same', { by: 'header', header: 'X-Client' }, header('a'), header('a'), true],
    ['header, another', { by: 'header', header: 'X-Client' }, header('a'), header('b'), false],
    ['header, another case of the value', { by: 'header', header: 'x-client' }, header('a'), header('A'), false],
    ['route, whoever and wherever', { by: 'route' }, { caller: user('u1'), address: '192.0.2.9' }, { caller: user('u2') }, true],
    ['template, the same', { by: '{caller}:{header.x-client}:{value.id}' }, { ...header('a'), values: { id: '1' } }, { ...header('a'), values: { id: '1' } }, true],
    ['template, another value', { by: '{caller}:{value.id}' }, { values: { id: '1' } }, { values: { id: '2' } }, false],
    ['template, parts that would run together', { by: '{header.x-client}:{value.id}' }, { ...header('a:b'), values: { id: 'c' } }, { ...header('a'), values: { id: 'b:c' } }, false],
    ['template by claim', { by: '{claim.tenant}' }, { caller: user('a', { claims: { tenant: 't1' } }) }, { caller: user('b', { claims: { tenant: 't1' } }) }, true],
    ['template by client', { by: 'c={client}' }, { caller: user('a') }, { caller: user('b') }, true],
    ['template by method', { by: '{method}' }, { method: 'GET' }, { method: 'POST' }, false],
    ['a key of thousands of characters, the same', { by: 'header', header: 'x-client' }, header('x'.repeat(9_000)), header('x'.repeat(9_000)), true],
    ['a key of thousands of characters, another', { by: 'header', header: 'x-client' }, header('x'.repeat(9_000)), header(`${'x'.repeat(8_999)}y`), false],
  ];
  it.each(cases)('%s', (_name, options, first, second, refused) => {
    expect(twice(options, first, second)).toBe(refused);
  });

  const missing: [string, string, Asking][] = [
    ['header', 'header.x-client', {}],
    ['header', 'header.x-client', header('')],
    ['{method}{value.id}', 'value.id', { values: Object.create({ id: 'inherited' }) as Record<string, string> }],
    ['{value.constructor}', 'value.constructor', {}],
    ['{claim.__proto__}', 'claim.__proto__', { caller: user('a') }],
    ['{claim.tenant}', 'claim.tenant', { caller: user('a', { claims: { tenant: { id: 1 } } }) }],
  ];
  it.each(missing)('%s that is missing is refused as %s', (by, path, asking) => {
    const limited = route({ by, header: 'x-client' });
    expect(refusal(limited, asking)).toMatchObject({ code: 'REQUEST_INVALID', status: 400, faults: [{ path }] });
  });

  it('that only a caller can have is asked from who is anonymous by a challenge', () => {
    expect(refusal(route({ by: '{caller.id}' }))).toMatchObject({ code: 'TOKEN_MISSING', headers: { 'www-authenticate': 'Bearer' } });
  });

  it('may be missing where that is allowed: not counted, or counted by address', () => {
    const open = route({ by: 'header', header: 'x-client', missingKey: 'allow' }, 'open');
    for (let i = 0; i < 5; i++) ask(open);
    const addressed = route({ by: 'header', header: 'x-client', missingKey: 'address', limit: 1 }, 'addressed');
    ask(addressed);
    expect(exhausted(addressed, {})).toBe(true);
    expect(exhausted(addressed, { address: '192.0.2.7' })).toBe(false);
    expect(exhausted(addressed, { address: '192.0.2.8', ...header('@192.0.2.1') })).toBe(false);
  });

  const listed: [string, Limit, Asking, Asking][] = [
    ['a value of the header', { by: 'header', header: 'x-client', allow: ['vip'] }, header('vip'), header('VIP')],
    ['the id of a caller', { allow: ['ann'] }, { caller: user('ann') }, { caller: user('bob') }],
    ['the key of a caller', { allow: ['user@partner:3:app:ann'] }, { caller: user('ann', { key: 'user@partner:3:app:ann' }) }, { caller: user('ann') }],
    ['a network', { by: 'address', allow: ['10.0.0.0/8'] }, { address: '::ffff:10.1.2.3' }, { address: '192.0.2.1' }],
    ['a value of the template', { by: '{header.x-client}/{value.id}', allow: ['vip/1'] }, { ...header('vip'), values: { id: '1' } }, { ...header('vip'), values: { id: '2' } }],
  ];
  it.each(listed)('is never counted when the list has %s', (_name, options, vip, other) => {
    const limited = route({ limit: 1, ...options });
    for (let i = 0; i < 4; i++) expect(ask(limited, vip).answerHeaders).toBeUndefined();
    ask(limited, other);
    expect(exhausted(limited, other)).toBe(true);
  });

  it('of an anonymous caller is on no list of ids', () => {
    const limited = route({ limit: 1, allow: [''] });
    ask(limited);
    expect(exhausted(limited, {})).toBe(true);
  });

  it.each(['{', 'a}', '{nobody}', '{header.}', '{header.a b}', 'plain', '', '{{caller}}'])('ends the start when it is written as %j', (by) => {
    expect(() => routeRateLimit().compile(route({ by }), resolve)).toThrow(TypeError);
    expect(validateSync(Object.assign(new RateLimitOptions(), { limit: 1, by })).map(({ property }) => property)).toEqual(['by']);
  });

  it('ends the start where a list could let nobody through', () => {
    expect(() => routeRateLimit().compile(route({ by: 'route', allow: ['x'] }), resolve)).toThrow(TypeError);
  });
});

describe('Answers of other styles', () => {
  const imported: Limit = { by: 'header', header: 'ClientId', limit: 1, windowMs: 10_000, algorithm: 'fixed', headers: 'legacy', message: 'API calls quota exceeded! Maximum admitted {0} per {1}.' };
  const asking: Asking = { headers: { clientid: 'c-1' } };

  it('give X-RateLimit fields with a date on what is let through, and a plain text with Retry-After alone on the refusal', () => {
    const limited = route(imported);
    expect(ask(limited, asking).answerHeaders).toEqual([
      ['x-ratelimit-limit', '1'],
      ['x-ratelimit-remaining', '0'],
      ['x-ratelimit-reset', '2026-01-01T00:00:10.000Z'],
    ]);
    const { ready, answerHeaders } = ask(limited, asking);
    expect(ready).toEqual({ status: 429, headers: { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '10' }, body: 'API calls quota exceeded! Maximum admitted 1 per 10s.' });
    expect(answerHeaders).toBeUndefined();
  });

  it.each([
    [90_000, '90s'],
    [120_000, '2m'],
    [7_200_000, '2h'],
    [86_400_000, '1d'],
    [1_500, '1500ms'],
  ])('write a window of %d ms as %s', (windowMs, text) => {
    const limited = route({ limit: 0, windowMs, message: '{0} per {1}', status: 503 });
    expect(ask(limited).ready).toMatchObject({ status: 503, body: `0 per ${text}` });
  });

  it('keep the standard fields beside a plain text', () => {
    expect(ask(route({ limit: 0, message: 'no' })).ready?.headers).toMatchObject({ 'retry-after': '10', ratelimit: '"route";r=0;t=10' });
  });

  it('give a problem the status that is wanted', () => {
    expect(refusal(route({ limit: 0, status: 503 }))).toMatchObject({ code: 'LIMIT_EXCEEDED', status: 503 });
  });

  it('give no field at all where none is wanted', () => {
    const limited = route({ headers: 'none', limit: 1 });
    expect(ask(limited).answerHeaders).toBeUndefined();
    expect(refusal(limited).headers).toEqual({});
    expect(ask(route({ headers: 'none', limit: 0, message: 'no' }, 'other')).ready?.headers).toEqual({ 'content-type': 'text/plain; charset=utf-8' });
  });
});

describe('RateLimitOptions', () => {
  const faults = (given: Limit) => validateSync(Object.assign(new RateLimitOptions(), { limit: 1 }, given)).map(({ property }) => property);
  it('takes its defaults with a limit, which it needs', () => {
    expect(faults({})).toEqual([]);
    expect(validateSync(new RateLimitOptions()).map(({ property }) => property)).toEqual(['limit']);
  });
  it.each<[string, Limit]>([
    ['header', { by: 'header' }],
    ['header', { by: 'header', header: 'a b' }],
    ['burst', { burst: 5 }],
    ['status', { status: 200 }],
    ['share', { share: 'a"b' }],
    ['algorithm', { algorithm: 'leaky' as never }],
    ['limit', { limit: -1 }],
    ['windowMs', { windowMs: 0 }],
  ])('refuses a %s that cannot be kept', (property, given) => {
    expect(faults(given)).toEqual([property]);
  });
});

describe('The decorators', () => {
  class Shop {
    @RateLimit({ limit: 1, by: 'route' })
    @Quota({ limit: 5 })
    read(): void {}
  }
  const operation: Endpoint = { kind: 'operation', name: 'Shop.read', method: 'GET', path: '/', declared: (key) => Reflect.getMetadata(key, Shop.prototype.read) };

  it('give an operation what a configuration gives a route', () => {
    ask(operation, {}, [routeRateLimit(), routeQuota()]);
    expect(refusal(operation).code).toBe('LIMIT_EXCEEDED');
  });

  it('end the start on options that are not valid', () => {
    expect(() => RateLimit({ limit: 1.5 })).toThrow('RateLimitOptions: limit');
    expect(() => Quota({ limit: 1, period: 'year' as never })).toThrow('QuotaOptions: period');
  });
});

describe('A quota', () => {
  const quota = (options: Partial<QuotaOptions>, name = 'images'): Endpoint => {
    const declared = Object.assign(new QuotaOptions(), { limit: 2 }, options);
    return { ...route({}, name), declared: <T>(key: string) => (key === 'portico:quota' ? (declared as T) : undefined) };
  };
  const use = (endpoint: Endpoint, asking: Asking = {}) => ask(endpoint, asking, [routeQuota()]);
  const isUsedUp = (endpoint: Endpoint) => {
    try {
      use(endpoint);
      return false;
    } catch {
      return true;
    }
  };
  const hourMs = 3_600_000;

  it('begins anew at the start of each day, in whole seconds until then', async () => {
    await clock.advance(23 * hourMs);
    expect(use(quota({})).answerHeaders).toEqual([
      ['ratelimit-policy', '"quota";q=2;w=86400'],
      ['ratelimit', '"quota";r=1;t=3600'],
    ]);
    use(quota({}));
    await clock.advance(hourMs / 2);
    expect(refusal(quota({}), {}, [routeQuota()])).toMatchObject({ code: 'LIMIT_EXCEEDED', headers: { 'retry-after': '1800', ratelimit: '"quota";r=0;t=1800' } });
    await clock.advance(hourMs / 2 - 1);
    expect(isUsedUp(quota({}))).toBe(true);
    await clock.advance(1);
    expect(isUsedUp(quota({}))).toBe(false);
  });

  it('begins anew at the start of each month of the calendar, with one compiled step', async () => {
    clock = new ManualClock(Date.UTC(2028, 0, 31, 23));
    limiter = new RateLimiter(new MemoryThrottlerStorage({ clock }), { clock });
    const step = routeQuota().compile(quota({ period: 'month', limit: 1 }), resolve)?.inbound;
    const go = () => step?.(testContext());
    go();
    expect(go).toThrow();
    await clock.advance(hourMs);
    go();
    await clock.advance(29 * 24 * hourMs - 1);
    expect(go).toThrow();
    await clock.advance(1);
    go();
  });

  it('stays apart from the limit of the same route, and of other routes unless they share', () => {
    for (let i = 0; i < 2; i++) use(quota({}));
    expect(isUsedUp(quota({}, 'other'))).toBe(false);
    for (let i = 0; i < 2; i++) use(quota({ share: 'all' }));
    expect(isUsedUp(quota({ share: 'all' }, 'other'))).toBe(true);
    ask(route({}));
  });

  it('counts by the calendar in a storage that knows nothing of it', async () => {
    const outside = new ThrottlerStorageService();
    limiter = new RateLimiter(outside, { clock });
    const step = routeQuota().compile(quota({ limit: 1 }), resolve)?.inbound;
    const go = async () => step?.(testContext());
    await clock.advance(23 * hourMs);
    await go();
    await expect(go()).rejects.toMatchObject({ headers: { 'retry-after': '3600' } });
    await clock.advance(hourMs);
    await go();
    outside.onApplicationShutdown();
  });
});

describe('A storage outside the process', () => {
  it('counts windows in its own way, and cannot be given a token bucket', () => {
    limiter = new RateLimiter({ increment: () => new Promise(() => {}) } satisfies ThrottlerStorage, { clock });
    expect(routeRateLimit().compile(route({ algorithm: 'fixed' }), resolve)).toBeDefined();
    expect(() => routeRateLimit().compile(route({ algorithm: 'token-bucket' }), resolve)).toThrow('token bucket');
  });
});
