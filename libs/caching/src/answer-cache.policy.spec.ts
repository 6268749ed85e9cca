import 'reflect-metadata';
import { beforeEach, describe, expect, it } from 'vitest';
import { anonymousCaller, noEndpoint, PorticoError, type Caller, type Endpoint, type RequestContext } from '@portico/core';
import { ManualClock, settle, testContext } from '@portico/core/testing';
import { TinyPipeline, type Made, type TestAnswer } from '../test/tiny-pipeline.js';
import { AnswerCache, answerCache, CacheFor, conditional, createTextCache } from './index.js';

class Shop {
  @CacheFor({ maxAgeMs: 60_000 })
  basket(): void {}
  @CacheFor({ maxAgeMs: 60_000 })
  orders(): void {}
  @CacheFor({ maxAgeMs: 60_500, by: 'everyone', vary: ['Accept-Language'], keepHeaders: ['X-Total'] })
  products(): void {}
  plain(): void {}
}

function endpoint(handler: keyof Shop, method = 'GET', kind: Endpoint['kind'] = 'operation'): Endpoint {
  return { kind, name: `Shop.${handler}`, method, path: `/${handler}`, declared: (key) => Reflect.getMetadata(key, Shop.prototype[handler]) };
}
const user = (key: string): Caller => ({ ...anonymousCaller, kind: 'user', id: key, key });

let clock: ManualClock;
let cache: AnswerCache;
let calls: number;

beforeEach(() => {
  clock = new ManualClock();
  cache = new AnswerCache(createTextCache({ clock }), clock);
  calls = 0;
});

type Asking = { handler?: keyof Shop; caller?: Caller; url?: string; method?: string; headers?: Record<string, string>; made?: Made; deadlineMs?: number };
function contextOf({ handler = 'basket', caller = user('u1'), made: _made, ...facts }: Asking): RequestContext {
  const context = testContext({ url: '/x', clock, endpoint: endpoint(handler), ...facts });
  context.caller = caller;
  return context;
}
function run(context: RequestContext, operation: () => Made | Promise<Made>): Promise<TestAnswer> {
  return new TinyPipeline([answerCache(), conditional()], context.endpoint, cache).ask(context, () => {
    calls++;
    return operation();
  });
}
const ask = (asking: Asking = {}, body = `answer ${calls + 1}`): Promise<TestAnswer> => run(contextOf(asking), () => asking.made ?? { body, headers: { 'content-type': 'application/json' } });

describe('A kept answer', () => {
  it('is given again until it is too old, with its age, type and tag', async () => {
    const first = await ask();
    await clock.advance(59_999);
    const second = await ask();
    expect(second.body).toBe('answer 1');
    expect(Object.fromEntries(second.headers)).toEqual({
      'content-type': 'application/json',
      etag: first.header('etag'),
      age: '59',
      'cache-control': 'private, max-age=60',
      vary: 'authorization',
    });
    await clock.advance(1);
    expect((await ask()).body).toBe('answer 2');
  });

  it('is not kept anew by being given', async () => {
    await ask();
    await clock.advance(40_000);
    await ask();
    await clock.advance(40_000);
    expect((await ask()).body).toBe('answer 2');
  });

  it('serves HEAD too, while HEAD keeps nothing', async () => {
    await ask({ method: 'HEAD' });
    expect(calls).toBe(1);
    await ask();
    expect((await ask({ method: 'HEAD' })).body).toBe('answer 2');
    expect(calls).toBe(2);
  });

  it('has the declared further header fields, and no others', async () => {
    const made: Made = { body: '[]', headers: { 'x-total': '7', 'x-request': 'r-1' } };
    await ask({ handler: 'products', made });
    const kept = await ask({ handler: 'products' });
    expect(kept.header('x-total')).toBe('7');
    expect(kept.header('x-request')).toBeUndefined();
  });

  it('answers 304 to its own tag, and to the tag of another answer in full', async () => {
    const tag = (await ask()).header('etag') as string;
    const same = await ask({ headers: { 'if-none-match': tag } });
    expect([same.status, same.body, same.header('etag'), same.header('cache-control'), same.header('vary')]).toEqual([304, '', tag, 'private, max-age=60', 'authorization']);
    expect((await ask({ caller: user('u2'), headers: { 'if-none-match': tag } })).status).toBe(200);
  });

  it('is kept although its first client already had it', async () => {
    const tag = (await ask({ caller: user('u2') }, 'same')).header('etag') as string;
    expect((await ask({ headers: { 'if-none-match': tag } }, 'same')).status).toBe(304);
    expect((await ask()).body).toBe('same');
  });

  it('shares no object between two readers', async () => {
    await ask();
    const [one, two] = [contextOf({}), contextOf({})];
    await run(one, () => ({}));
    (one.ready?.headers as Record<string, string>)['content-type'] = 'text/evil';
    await run(two, () => ({}));
    expect(two.ready?.headers['content-type']).toBe('application/json');
  });
});

describe('Isolation', () => {
  it('gives no caller the answer of another, nor of nobody', async () => {
    await ask({ caller: user('u1') });
    expect((await ask({ caller: user('u2') })).body).toBe('answer 2');
    expect((await ask({ caller: anonymousCaller })).body).toBe('answer 3');
  });

  it('gives everyone the same where that is declared, by the declared header fields', async () => {
    await ask({ handler: 'products', headers: { 'accept-language': 'de' } });
    expect((await ask({ handler: 'products', caller: anonymousCaller, headers: { 'accept-language': 'de' } })).body).toBe('answer 1');
    expect((await ask({ handler: 'products', headers: { 'accept-language': 'en' } })).body).toBe('answer 2');
    expect((await ask({ handler: 'products' })).body).toBe('answer 3');
  });

  it('keeps operations and addresses apart', async () => {
    const urls = ['/x', '/x?', '/x?a=1', '/x?a=1&a=2', '/x?a=2&a=1', '/x%3Fa=1', '/x%2Fy', '/x/y', '/x%7Cu2', '/x|u2', '/X'];
    for (const url of urls) await ask({ url });
    await ask({ handler: 'orders' });
    expect(calls).toBe(urls.length + 1);
  });

  it('is not confused by borders inside of keys', async () => {
    await ask({ caller: user('u1'), url: '/x' });
    for (const key of ['u1\n', 'u1|', '2:u1', 'u1/x', 'u']) await ask({ caller: user(key), url: '/x' });
    await ask({ caller: user('u'), url: '1/x' });
    await ask({ handler: 'products', headers: { 'accept-language': 'de' }, url: '/x' });
    await ask({ handler: 'products', headers: { 'accept-language': 'd' }, url: 'e/x' });
    await ask({ handler: 'products', url: '2:de/x' });
    await ask({ handler: 'products', headers: { 'accept-language': '' }, url: '/x' });
    await ask({ handler: 'products', url: '/x' });
    expect(calls).toBe(12);
  });
});

describe('What is not kept', () => {
  const degradedContext = () => {
    const context = contextOf({});
    context.degrade('reviews', 'timeout');
    return context;
  };
  const twice = async (made: Made, asking: Asking = {}): Promise<TestAnswer> => {
    const answer = await ask({ ...asking, made });
    await ask({ ...asking, made });
    expect(calls).toBe(2);
    return answer;
  };

  it.each<[string, Made]>([
    ['another status than 200', { status: 203, body: 'x' }],
    ['an answer that sets a cookie', { body: 'x', headers: { 'set-cookie': 'a=1' } }],
    ['a streamed body', {}],
    ['a body of bytes', { body: Buffer.from('x') }],
    ['an answer that varies by an undeclared field', { body: 'x', headers: { vary: 'X-Tenant' } }],
  ])('%s', async (_name, made) => {
    expect((await twice(made)).header('cache-control')).toBe('no-store');
  });

  it('an answer whose Cache-Control the operation chose itself, which stands', async () => {
    expect((await twice({ body: 'x', headers: { 'cache-control': 'max-age=5' } })).header('cache-control')).toBe('max-age=5');
  });

  it('a degraded answer', async () => {
    expect((await run(degradedContext(), () => ({ body: 'half' }))).header('cache-control')).toBe('no-store');
    expect((await ask()).body).toBe('answer 2');
  });

  it('an answer with a cookie that a policy adds', async () => {
    const context = contextOf({});
    context.setAnswerHeader('Set-Cookie', 'a=1');
    expect((await run(context, () => ({ body: 'x' }))).header('cache-control')).toBe('no-store');
    await ask();
    expect(calls).toBe(2);
  });

  it('an answer that another policy had ready', async () => {
    const mock = { name: 'mock', compile: () => ({ inbound: (context: RequestContext) => void (context.ready = { status: 200, headers: {}, body: 'mocked' }) }) };
    await new TinyPipeline([answerCache(), mock], endpoint('basket'), cache).ask(contextOf({}), () => ({}));
    expect((await ask()).body).toBe('answer 1');
  });

  it('a failure', async () => {
    await expect(run(contextOf({}), () => Promise.reject(new PorticoError('SERVICE_TIMEOUT')))).rejects.toMatchObject({ code: 'SERVICE_TIMEOUT' });
    expect((await ask()).status).toBe(200);
  });

  it('an answer of an operation without @CacheFor: no-store for a caller, no-cache for nobody', async () => {
    expect((await ask({ handler: 'plain' })).header('cache-control')).toBe('no-store');
    expect((await ask({ handler: 'plain', caller: anonymousCaller })).header('cache-control')).toBe('no-cache');
    expect(calls).toBe(2);
  });
});

describe('Vary', () => {
  it('keeps what is there and adds what the key depends on', async () => {
    const made: Made = { body: 'x', headers: { vary: 'Origin, Accept-Language' } };
    expect((await ask({ handler: 'products', made })).header('vary')).toBe('Origin, Accept-Language');
    expect((await ask({ handler: 'products', made: { body: 'x', headers: { vary: 'Origin' } }, url: '/y' })).header('vary')).toBe('Origin, accept-language');
    expect((await ask({ handler: 'products', url: '/z' })).header('cache-control')).toBe('public, max-age=60');
  });
});

describe('Coalescing', () => {
  let release: (made: Made) => void;
  let fail: (error: unknown) => void;
  const slow = () =>
    new Promise<Made>((resolve, reject) => {
      release = resolve;
      fail = reject;
    });
  const lead = async (asking: Asking = {}) => {
    const context = contextOf(asking);
    const answer = run(context, slow);
    answer.catch(() => {});
    await settle();
    return { context, answer };
  };
  const follow = async (asking: Asking = {}) => {
    const context = contextOf(asking);
    const answer = run(context, () => ({ body: 'own' }));
    answer.catch(() => {});
    await settle();
    return { context, answer };
  };

  it('lets one request compute for all that ask the same at the same time', async () => {
    const leader = await lead();
    const followers = await Promise.all(Array.from({ length: 5 }, () => follow()));
    release({ body: 'shared' });
    const answers = await Promise.all([leader, ...followers].map(({ answer }) => answer));
    expect(answers.map(({ body }) => body)).toEqual(Array(6).fill('shared'));
    expect(calls).toBe(1);
    expect(clock.pending).toBe(0);
  });

  it('waits for no other caller', async () => {
    await lead();
    const other = await follow({ caller: user('u2') });
    expect((await other.answer).body).toBe('own');
  });

  it.each<[string, (leader: RequestContext) => void]>([
    ['fails', () => fail(new PorticoError('SERVICE_UNAVAILABLE'))],
    ['is not to be kept', () => release({ status: 206, body: 'part' })],
    ['is degraded', (leader) => (leader.degrade('stock', 'timeout'), release({ body: 'half' }))],
    ['loses its client', (leader) => leader.cancellation.cancel(new PorticoError('CLIENT_CLOSED'))],
  ])('lets each follower compute for itself when the first %s', async (_name, end) => {
    const leader = await lead();
    const followers = [await follow(), await follow()];
    end(leader.context);
    for (const { answer } of followers) expect((await answer).body).toBe('own');
    expect(calls).toBe(3);
    expect(clock.pending).toBe(0);
  });

  it("waits no longer than the follower's own deadline", async () => {
    await lead({ deadlineMs: 10_000 });
    const follower = await follow({ deadlineMs: 300 });
    await clock.advance(299);
    expect(calls).toBe(1);
    await clock.advance(1);
    expect((await follower.answer).body).toBe('own');
  });

  it("waits no longer than the leader's deadline, and never for a leader whose time is over", async () => {
    await lead({ deadlineMs: 300 });
    const follower = await follow({ deadlineMs: 10_000 });
    await clock.advance(300);
    expect((await follower.answer).body).toBe('own');
    expect(calls).toBe(2);
  });

  it('gathers behind a new leader once the time of the old one is over', async () => {
    await lead({ deadlineMs: 300 });
    await clock.advance(300);
    await lead({ deadlineMs: 300 });
    const follower = await follow();
    release({ body: 'shared' });
    expect((await follower.answer).body).toBe('shared');
    expect(calls).toBe(2);
  });

  it('stops waiting when its own client leaves', async () => {
    await lead();
    const follower = await follow();
    follower.context.cancellation.cancel(new PorticoError('CLIENT_CLOSED'));
    await expect(follower.answer).rejects.toMatchObject({ code: 'CLIENT_CLOSED' });
    expect([calls, clock.pending]).toEqual([1, 0]);
  });

  it('holds nobody up for a request that never came to compute', async () => {
    const endpointOf = endpoint('basket');
    const refusing = { name: 'late', compile: () => ({ inbound: () => Promise.reject(new PorticoError('LIMIT_EXCEEDED')) }) };
    await expect(new TinyPipeline([answerCache(), refusing], endpointOf, cache).ask(contextOf({}), slow)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
    expect((await (await follow()).answer).body).toBe('own');
  });
});

describe('Declaring', () => {
  it('ends the start on an operation that is not GET', () => {
    expect(() => answerCache().compile(endpoint('basket', 'POST'), (() => cache) as never)).toThrow('Shop.basket');
  });

  it.each([{ maxAgeMs: 0 }, { maxAgeMs: NaN }, { maxAgeMs: 1, vary: ['a b'] }, { maxAgeMs: 1, keepHeaders: ['Set-Cookie'] }])('refuses %j', (options) => {
    expect(() => CacheFor(options)).toThrow(TypeError);
  });

  it('has nothing to do for system endpoints and unknown addresses', () => {
    for (const target of [endpoint('plain', 'GET', 'system'), noEndpoint]) {
      expect(answerCache().compile(target, (() => cache) as never)).toBeUndefined();
      expect(conditional().compile(target, (() => cache) as never)).toBeUndefined();
    }
  });
});

describe('A cache that is down', () => {
  it('is a cache that misses', async () => {
    const down = { get: () => Promise.reject(new Error('down')), set: () => Promise.reject(new Error('down')) };
    cache = new AnswerCache(down as never, clock);
    await ask();
    expect((await ask()).body).toBe('answer 2');
  });

  it('misses on a text that it did not write', async () => {
    cache = new AnswerCache({ get: async () => 'garbage', set: async () => undefined } as never, clock);
    expect((await ask()).body).toBe('answer 1');
  });
});
