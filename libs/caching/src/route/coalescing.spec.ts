import { describe, expect, it } from 'vitest';
import { PorticoError } from '@portico/core';
import { RouteWorld, user, type Asking, type Got, type Made } from '../../test/route-world.js';

const fresh: Made = { headers: { 'cache-control': 'max-age=60' } };
const gone = () => new PorticoError('CLIENT_CLOSED');

/** A service whose answers arrive when the test says so, in the order of the calls. */
class Held {
  readonly #calls: { resolve: (made: Made) => void; reject: (error: unknown) => void }[] = [];
  readonly made = () => new Promise<Made>((resolve, reject) => this.#calls.push({ resolve, reject }));

  get calls(): number {
    return this.#calls.length;
  }

  arrive(index: number, made: Made = fresh): void {
    this.#calls[index]?.resolve({ body: `call ${index}`, ...made });
  }

  fail(index: number, error: unknown): void {
    this.#calls[index]?.reject(error);
  }
}

/** A request under way, and how it ended once it has. */
function begin(world: RouteWorld, asking: Asking): { context: ReturnType<RouteWorld['context']>; got?: Got; failure?: unknown } {
  const request: ReturnType<typeof begin> = { context: world.context(asking) };
  world.ask(asking, request.context).then(
    (got) => (request.got = got),
    (failure: unknown) => (request.failure = failure),
  );
  return request;
}

async function three(asking: (index: number) => Asking = () => ({}), options = {}) {
  const world = new RouteWorld(options);
  const held = new Held();
  const requests: ReturnType<typeof begin>[] = [];
  for (let index = 0; index < 3; index++) {
    requests.push(begin(world, { made: held.made, ...asking(index) }));
    await world.clock.advance(10);
  }
  const texts = () => requests.map(({ got }) => got?.text);
  return { world, held, requests, texts };
}

describe('Requests for the same answer at the same time', () => {
  it('share one call', async () => {
    const { world, held, requests, texts } = await three();
    expect(held.calls).toBe(1);
    held.arrive(0);
    await world.clock.advance(0);
    expect(texts()).toEqual(['call 0', 'call 0', 'call 0']);
    expect(requests.map(({ got }) => got?.did)).toEqual(['fwd=uri-miss; stored', 'fwd=uri-miss; collapsed; ttl=59', 'fwd=uri-miss; collapsed; ttl=59']);
    expect(world.events).toEqual(['catalog cache-miss', 'catalog coalesced', 'catalog coalesced']);
    expect([world.clock.pending, world.store.underWay]).toEqual([0, 0]);
  });

  it.each<[string, Made]>([
    ['is not to be kept', { headers: { 'cache-control': 'no-store' } }],
    ['is private', { headers: { 'cache-control': 'private, max-age=60' } }],
    ['sets a cookie', { headers: { ...fresh.headers, 'set-cookie': 'a=1' } }],
    ['is stale at once', { headers: { 'cache-control': 'max-age=0', etag: '"a"' } }],
    ['is shorter than its length', { headers: { ...fresh.headers, 'content-length': '4711' } }],
    ['is a failure', { status: 503 }],
  ])('each make their own call when the answer %s', async (_why, made) => {
    const { world, held, texts } = await three();
    held.arrive(0, made);
    await world.clock.advance(0);
    expect(held.calls).toBe(3);
    held.arrive(1, made);
    held.arrive(2, made);
    await world.clock.advance(0);
    expect(texts()).toEqual(['call 0', 'call 1', 'call 2']);
  });

  it('no longer wait for each other where that was in vain, until an answer is kept', async () => {
    const { world, held } = await three();
    held.arrive(0, { headers: { 'cache-control': 'no-store' } });
    await world.clock.advance(0);
    begin(world, { made: held.made });
    begin(world, { made: held.made });
    await world.clock.advance(0);
    expect(held.calls).toBe(5);
    held.arrive(4);
    await world.clock.advance(0);
    expect((await world.ask()).text).toBe('call 4');
    await world.store.purge('products');
    begin(world, { made: held.made });
    begin(world, { made: held.made });
    await world.clock.advance(0);
    expect(held.calls).toBe(6);
  });

  it('each make their own call when they vary', async () => {
    const { world, held, texts } = await three((index) => ({ headers: { accept: String(index % 2) } }));
    held.arrive(0, { headers: { ...fresh.headers, vary: 'accept' } });
    await world.clock.advance(0);
    expect(texts()).toEqual(['call 0', undefined, 'call 0']);
    expect(held.calls).toBe(2);
  });

  it('wait only with their like once it is known by what they vary', async () => {
    const world = new RouteWorld();
    const varied = { headers: { ...fresh.headers, vary: 'accept' } };
    await world.ask({ made: varied, headers: { accept: 'x' } });
    const held = new Held();
    for (const accept of ['a', 'b', 'a']) {
      begin(world, { made: held.made, headers: { accept } });
      await world.clock.advance(0);
    }
    expect(held.calls).toBe(2);
  });

  it('do not wait when they are different callers', async () => {
    expect((await three((index) => ({ caller: user(`u${index}`) }))).held.calls).toBe(3);
  });

  it('wait together across callers for the successor of an answer that was for everyone', async () => {
    const world = new RouteWorld();
    const shared = { headers: { 'cache-control': 'public, max-age=60', etag: '"a"' } };
    await world.ask({ made: shared, caller: user('u0') });
    await world.clock.advance(60_000);
    const held = new Held();
    const requests = ['u1', 'u2'].map((key) => begin(world, { made: held.made, caller: user(key) }));
    await world.clock.advance(0);
    expect(held.calls).toBe(1);
    held.arrive(0, shared);
    await world.clock.advance(0);
    expect(requests.map(({ got }) => got?.text)).toEqual(['call 0', 'call 0']);
  });

  it('each make their own call when that successor is one caller’s', async () => {
    const world = new RouteWorld();
    await world.ask({ made: { headers: { 'cache-control': 'public, max-age=60', etag: '"a"' } }, caller: user('u0') });
    await world.clock.advance(60_000);
    const held = new Held();
    const requests = ['u1', 'u2'].map((key) => begin(world, { made: held.made, caller: user(key) }));
    await world.clock.advance(0);
    held.arrive(0, fresh);
    await world.clock.advance(0);
    held.arrive(1, fresh);
    await world.clock.advance(0);
    expect(requests.map(({ got }) => got?.text)).toEqual(['call 0', 'call 1']);
  });

  it('do not wait with no-cache, but others may wait for them', async () => {
    const { world, held } = await three((index) => (index === 1 ? { headers: { 'cache-control': 'no-cache' } } : {}));
    expect(held.calls).toBe(2);
    held.arrive(0);
    await world.clock.advance(0);
    const alone = begin(world, { made: held.made, headers: { 'cache-control': 'no-cache' }, path: '/other' });
    await world.clock.advance(0);
    begin(world, { made: held.made, path: '/other' });
    await world.clock.advance(0);
    expect([held.calls, alone.got]).toEqual([3, undefined]);
  });
});

describe('When the one who fetches the answer', () => {
  it('leaves, the first of those who wait fetches it for the others', async () => {
    const { world, held, requests, texts } = await three();
    requests[0]?.context.cancellation.cancel(gone());
    held.fail(0, gone());
    await world.clock.advance(0);
    expect(held.calls).toBe(2);
    held.arrive(1);
    await world.clock.advance(0);
    expect(texts()).toEqual([undefined, 'call 1', 'call 1']);
    expect(requests[0]?.failure).toMatchObject({ code: 'CLIENT_CLOSED' });
  });

  it('leaves, they do not wait until its call is given up', async () => {
    const { world, held, requests } = await three();
    requests[0]?.context.cancellation.cancel(gone());
    await world.clock.advance(0);
    expect(held.calls).toBe(2);
  });

  it('fails, each of them makes its own call', async () => {
    const { world, held, requests } = await three();
    held.fail(0, new PorticoError('SERVICE_UNAVAILABLE'));
    await world.clock.advance(0);
    expect(held.calls).toBe(3);
    held.arrive(1);
    held.arrive(2);
    await world.clock.advance(0);
    expect(requests.map(({ got }) => got?.status)).toEqual([undefined, 200, 200]);
  });

  it('has no time left, they no longer wait for it', async () => {
    const { world, held } = await three((index) => ({ deadlineMs: index === 0 ? 100 : 1_000 }));
    await world.clock.advance(80);
    expect(held.calls).toBe(2);
  });
});

describe('One who waits', () => {
  it('waits as long as its own deadline allows, and then goes on alone', async () => {
    const { world, held } = await three((index) => ({ deadlineMs: index === 1 ? 100 : 1_000 }));
    await world.clock.advance(99);
    expect(held.calls).toBe(2);
    expect(world.clock.pending).toBe(1);
  });

  it('is let go at once when its client leaves', async () => {
    const { world, requests } = await three();
    requests[1]?.context.cancellation.cancel(gone());
    await world.clock.advance(0);
    expect(requests[1]?.failure).toMatchObject({ code: 'CLIENT_CLOSED' });
    expect(requests[2]?.failure).toBeUndefined();
    expect(world.clock.pending).toBe(1);
  });
});
