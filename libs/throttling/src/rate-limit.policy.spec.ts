import 'reflect-metadata';
import { Test } from '@nestjs/testing';
import { ThrottlerStorageService, type ThrottlerStorage } from '@nestjs/throttler';
import { beforeEach, describe, expect, it } from 'vitest';
import { anonymousCaller, noEndpoint, type Caller, type Endpoint, type Policy, type PorticoError, type RequestContext, type Resolve } from '@portico/core';
import { ManualClock, testContext } from '@portico/core/testing';
import { addressRateLimit, callerRateLimit, MemoryThrottlerStorage, RateLimiter, SkipThrottle, Throttle, ThrottlingModule } from './index.js';

class Shop {
  read(): void {}
  @Throttle({ default: { limit: 1, ttl: 5_000 } })
  report(): void {}
  @SkipThrottle()
  free(): void {}
  @Throttle({ default: { limit: () => 1, ttl: 5_000 } })
  computed(): void {}
  @Throttle({ default: { limit: 1, ttl: 5_000, getTracker: () => 'x' } })
  tracked(): void {}
  @Throttle({ address: { limit: 1, ttl: 5_000 } })
  login(): void {}
}

function endpoint(handler: keyof Shop, kind: Endpoint['kind'] = 'operation', method = 'GET'): Endpoint {
  return { kind, name: `Shop.${handler}`, method, path: `/${handler}`, declared: (key) => Reflect.getMetadata(key, Shop.prototype[handler]) };
}

const user = (key: string): Caller => ({ ...anonymousCaller, kind: 'user', id: key, key });
let clock: ManualClock;
let limiter: RateLimiter;
const resolve = (() => limiter) as unknown as Resolve;

beforeEach(() => {
  clock = new ManualClock();
  limiter = new RateLimiter(new MemoryThrottlerStorage({ clock }), { clock });
});

type Asking = { target?: Endpoint; caller?: Caller; address?: string; method?: string };
function ask(policy: Policy, { target = endpoint('read'), caller = anonymousCaller, ...facts }: Asking = {}): RequestContext {
  const context = testContext({ endpoint: target, ...facts });
  context.caller = caller;
  const waiting = policy.compile(target, resolve)?.inbound?.(context);
  expect(waiting).toBeUndefined();
  return context;
}
function refusal(policy: Policy, asking: Asking = {}): PorticoError {
  try {
    ask(policy, asking);
  } catch (error) {
    return error as PorticoError;
  }
  throw new Error('The request was let through');
}

describe('The caller limit', () => {
  const policy = callerRateLimit({ limit: 2, windowMs: 60_000 });

  it('says on every answer what is left, without a promise', () => {
    expect(ask(policy, { caller: user('u1') }).answerHeaders).toEqual([
      ['ratelimit-policy', '"caller";q=2;w=60'],
      ['ratelimit', '"caller";r=1;t=60'],
    ]);
  });

  it('refuses with LIMIT_EXCEEDED, an integer Retry-After and both fields', () => {
    for (let i = 0; i < 2; i++) ask(policy, { caller: user('u1') });
    const error = refusal(policy, { caller: user('u1') });
    expect(error).toMatchObject({ code: 'LIMIT_EXCEEDED', status: 429 });
    expect(error.headers).toEqual({ 'retry-after': '60', 'ratelimit-policy': '"caller";q=2;w=60', ratelimit: '"caller";r=0;t=60' });
  });

  it('counts each caller apart, and over all operations together', () => {
    ask(policy, { caller: user('u1') });
    ask(policy, { caller: user('u1'), target: endpoint('login') });
    expect(refusal(policy, { caller: user('u1') }).code).toBe('LIMIT_EXCEEDED');
    ask(policy, { caller: user('u2') });
  });

  it('limits who is anonymous by address, apart from the callers behind it', () => {
    for (let i = 0; i < 2; i++) ask(policy, { address: '192.0.2.7' });
    expect(refusal(policy, { address: '192.0.2.7' }).code).toBe('LIMIT_EXCEEDED');
    ask(policy, { address: '192.0.2.8' });
    ask(policy, { address: '192.0.2.7', caller: user('192.0.2.7') });
  });

  it('counts HEAD like GET', () => {
    ask(policy, { caller: user('u1'), method: 'GET' });
    ask(policy, { caller: user('u1'), method: 'HEAD', target: endpoint('read', 'operation', 'HEAD') });
    expect(refusal(policy, { caller: user('u1') }).code).toBe('LIMIT_EXCEEDED');
  });

  it('takes the limit of @Throttle() for an operation and counts it apart', () => {
    const caller = user('u1');
    expect(ask(policy, { caller, target: endpoint('report') }).answerHeaders?.[0]).toEqual(['ratelimit-policy', '"caller";q=1;w=5']);
    expect(refusal(policy, { caller, target: endpoint('report', 'operation', 'HEAD'), method: 'HEAD' }).code).toBe('LIMIT_EXCEEDED');
    for (let i = 0; i < 2; i++) ask(policy, { caller });
  });

  it('leaves alone what @SkipThrottle() takes out, and system endpoints; limits unknown addresses', () => {
    expect(policy.compile(endpoint('free'), resolve)).toBeUndefined();
    expect(policy.compile(endpoint('read', 'system'), resolve)).toBeUndefined();
    expect(policy.compile(noEndpoint, resolve)).toBeDefined();
  });

  it('ends the start on a @Throttle() that it could not honour, and on a limit that is none', () => {
    expect(() => policy.compile(endpoint('computed'), resolve)).toThrow('Shop.computed');
    expect(() => policy.compile(endpoint('tracked'), resolve)).toThrow('Shop.tracked');
    expect(() => callerRateLimit({ limit: 1.5, windowMs: 1_000 })).toThrow(TypeError);
    expect(() => addressRateLimit({ limit: 1, windowMs: 0 })).toThrow(TypeError);
  });
});

describe('The address limit', () => {
  const policy = addressRateLimit({ limit: 1, windowMs: 1_000 });

  it('limits one address whoever calls from it, and says nothing while it lets through', () => {
    expect(ask(policy, { caller: user('u1') }).answerHeaders).toBeUndefined();
    expect(refusal(policy, { caller: user('u2') }).headers).toMatchObject({ 'retry-after': '1', ratelimit: '"address";r=0;t=1' });
  });

  it('takes an IPv6 /64 as one address, and a mapped IPv4 address as itself', () => {
    ask(policy, { address: '2001:db8:1:2::1' });
    expect(refusal(policy, { address: '2001:db8:1:2:ffff::9' }).code).toBe('LIMIT_EXCEEDED');
    ask(policy, { address: '2001:db8:1:3::1' });
    ask(policy, { address: '192.0.2.9' });
    expect(refusal(policy, { address: '::ffff:192.0.2.9' }).code).toBe('LIMIT_EXCEEDED');
  });

  it('has decorators of its own name', () => {
    const wide = addressRateLimit({ limit: 100, windowMs: 1_000 });
    ask(wide, { target: endpoint('login') });
    expect(refusal(wide, { target: endpoint('login') }).code).toBe('LIMIT_EXCEEDED');
    expect(wide.compile(endpoint('free'), resolve)).toBeDefined();
  });
});

describe('A storage outside the process', () => {
  const policy = callerRateLimit({ limit: 1, windowMs: 1_000 });
  const failures: [unknown, string][] = [];
  const use = (storage: ThrottlerStorage) => {
    failures.length = 0;
    limiter = new RateLimiter(storage, { clock, onStorageFailed: (error, name) => failures.push([error, name]) });
  };
  const askSlowly = async (): Promise<RequestContext> => {
    const context = testContext();
    await policy.compile(endpoint('read'), resolve)?.inbound?.(context);
    return context;
  };

  it('needs no more than the interface of the package', async () => {
    use(new ThrottlerStorageService());
    expect((await askSlowly()).answerHeaders?.[1]).toEqual(['ratelimit', '"caller";r=0;t=1']);
    await expect(askSlowly()).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });

  it('fails open, with an event, when it rejects or throws', async () => {
    const down = new Error('down');
    use({ increment: () => Promise.reject(down) });
    await askSlowly();
    use({
      increment: () => {
        throw down;
      },
    });
    expect((await askSlowly()).answerHeaders).toBeUndefined();
    expect(failures).toEqual([[down, 'anonymous']]);
    expect(clock.pending).toBe(0);
  });

  it('fails open when it does not answer in time', async () => {
    use({ increment: () => new Promise(() => {}) });
    const answer = askSlowly();
    await clock.advance(200);
    await answer;
    expect(failures).toHaveLength(1);
  });

  it('fails open when counting in the process throws', () => {
    use({ increment: () => Promise.reject(new Error()), hit: () => { throw new Error('broken'); } } as ThrottlerStorage);
    ask(policy);
    expect(failures).toHaveLength(1);
  });
});

describe('ThrottlingModule', () => {
  it('provides the policies with a limiter over the storage of the package module', async () => {
    const storage = new MemoryThrottlerStorage({ clock });
    const module = await Test.createTestingModule({ imports: [ThrottlingModule.forRoot({ clock, storage })] }).compile();
    limiter = module.get(RateLimiter);
    ask(callerRateLimit({ limit: 1, windowMs: 1_000 }));
    expect(storage.size).toBe(1);
    await module.close();
  });
});
