import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock, realServer, type RealServer } from '@portico/core/testing';
import { openRedis, type RedisConnection } from '@portico/redis';
import { MemoryLease } from '../../src/session/memory-lease.js';
import { MemorySessionStore } from '../../src/session/memory-session.store.js';
import { RedisLease } from '../../src/session/redis-lease.js';
import { RedisSessionStore } from '../../src/session/redis-session.store.js';
import type { WebSessionParts, WebSessionPartsDeps } from '../../src/session/web-session-parts.js';
import { Browser, refusal } from './browser.js';
import { LittleProvider } from './little-provider.js';
import { littleWebBff } from './little-web-bff.js';

type Shared = Pick<WebSessionPartsDeps, 'store' | 'lease'>;

const clock = new ManualClock(Date.now());
let provider: LittleProvider;
let redis: RedisConnection | undefined;

beforeAll(async () => (provider = await LittleProvider.start(clock)));
afterAll(() => provider.stop());
beforeEach(() => {
  Object.assign(provider, { down: false, tokenStatus: undefined, delayMs: 0, extra: {}, tamper: {}, withRefreshToken: true, accessLifeS: 60 });
  provider.tokenRequests.length = 0;
  provider.revoked.length = 0;
});

/** Lets time go by until `task` is done, and never faster than real connections answer: whoever waits by the clock must not give up because the machine is busy. */
async function inTime<T>(task: Promise<T>, stepMs = 100): Promise<T> {
  let done = false;
  void task.catch(() => {}).finally(() => (done = true));
  while (!done) {
    await fetch(`${provider.url}/keys`).catch(() => {});
    await redis?.client.ping();
    await clock.advance(stepMs);
  }
  return task;
}

async function logIn(bff: WebSessionParts): Promise<string> {
  const browser = new Browser(bff.endpoints, provider);
  await browser.logIn();
  provider.tokenRequests.length = 0;
  return browser.cookies.get('__Host-portico') ?? '';
}

async function token(bff: WebSessionParts, id: string): Promise<string> {
  const active = await bff.sessions.find(id, false);
  if (!active) throw new Error('There is no session');
  return bff.tokens.accessToken(active);
}

/** Replicas: one process each, as far as they can know. */
function describeRefresh(title: string, share: () => Promise<Shared>): void {
  describe(title, () => {
    let replicas: WebSessionParts[];
    let one: WebSessionParts;
    let id: string;
    beforeEach(async () => {
      const shared = await share();
      replicas = [littleWebBff(provider, clock, {}, shared), littleWebBff(provider, clock, {}, shared)];
      one = replicas[0] as WebSessionParts;
      id = await logIn(one);
    });
    const fifty = () => Promise.all(Array.from({ length: 50 }, (_, index) => token(replicas[index % 2] as WebSessionParts, id)));

    it('refreshes once for 50 calls of two replicas, all of which get the new token', async () => {
      const before = await token(one, id);
      await clock.advance(61_000);
      const tokens = await inTime(fifty());
      expect(new Set(tokens).size).toBe(1);
      expect(tokens[0]).not.toBe(before);
      expect(provider.refreshes).toBe(1);
      expect(await token(one, id)).toBe(tokens[0]);
    });

    it('does so when the refresh takes longer than the lease', async () => {
      await clock.advance(61_000);
      provider.delayMs = 5_000;
      const tokens = await inTime(fifty());
      expect(new Set(tokens).size).toBe(1);
      expect(provider.refreshes).toBe(1);
    });

    it('goes on with the rotated token the next time', async () => {
      for (let round = 0; round < 3; round++) {
        await clock.advance(61_000);
        await inTime(fifty());
      }
      expect(provider.refreshes).toBe(3);
    });

    it('ends the session after one refused refresh', async () => {
      await clock.advance(61_000);
      provider.endGrants();
      const results = await inTime(Promise.allSettled(Array.from({ length: 10 }, (_, index) => token(replicas[index % 2] as WebSessionParts, id))));
      expect(results.map((result) => result.status === 'rejected' && (result.reason as { code: string }).code)).toEqual(Array(10).fill('SESSION_MISSING'));
      expect(provider.refreshes).toBe(1);
      expect(await one.sessions.find(id)).toBeUndefined();
    });

    it('keeps a session that was used meanwhile, with its new tokens', async () => {
      await clock.advance(61_000);
      provider.delayMs = 5_000;
      const refresh = token(one, id);
      await expect.poll(() => provider.refreshes).toBe(1);
      await one.sessions.find(id);
      const fresh = await inTime(refresh);
      expect(await one.sessions.find(id, false)).toMatchObject({ session: { accessToken: fresh, revision: 3 } });
    });

    it('does not revive a session that was ended meanwhile, and revokes what it got for it', async () => {
      await clock.advance(61_000);
      provider.delayMs = 5_000;
      const refresh = token(one, id);
      await expect.poll(() => provider.refreshes).toBe(1);
      await one.sessions.end(id);
      expect((await refusal(inTime(refresh))).code).toBe('SESSION_MISSING');
      expect(await one.sessions.find(id)).toBeUndefined();
      expect(provider.revoked).toHaveLength(1);
    });
  });
}

describeRefresh('SessionTokens in memory', async () => ({ store: new MemorySessionStore(clock), lease: new MemoryLease(clock) }));

describe('SessionTokens', () => {
  let bff: WebSessionParts;
  let store: MemorySessionStore;
  let id: string;
  beforeEach(async () => {
    store = new MemorySessionStore(clock);
    bff = littleWebBff(provider, clock, {}, { store });
    id = await logIn(bff);
  });

  it('hands out a token that is good for a while without asking or waiting', () => {
    const session = store.read(id);
    expect(session && bff.tokens.accessToken({ id, session })).toMatch(/^access-/);
    expect(provider.refreshes).toBe(0);
  });

  it('replaces one that ends soon in the background', async () => {
    await clock.advance(53_999);
    await token(bff, id);
    await clock.advance(1);
    const old = await token(bff, id);
    expect(old).toMatch(/^access-/);
    await expect.poll(() => store.read(id)?.accessToken).not.toBe(old);
    expect(provider.refreshes).toBe(1);
  });

  it.each([
    ['answers 503', { tokenStatus: 503 }],
    ['does not answer', { down: true }],
    ['takes too long', { delayMs: 60_000 }],
  ])('keeps the session when the provider %s, and works again afterwards', async (_what, trouble) => {
    await clock.advance(61_000);
    Object.assign(provider, trouble);
    const error = await refusal(inTime(token(bff, id), 1_000));
    expect([error.status, error.code]).toEqual([503, 'AUTHORITY_UNAVAILABLE']);
    Object.assign(provider, { tokenStatus: undefined, down: false, delayMs: 0 });
    expect(store.read(id)).toBeDefined();
    if (!('delayMs' in trouble)) expect(await inTime(token(bff, id))).toMatch(/^access-/);
  });

  it('goes on with a token that has not ended while the provider is down', async () => {
    await clock.advance(55_000);
    provider.down = true;
    expect(await token(bff, id)).toMatch(/^access-/);
  });

  it('keeps a refresh token that the provider does not replace', async () => {
    await clock.advance(61_000);
    provider.withRefreshToken = false;
    const before = store.read(id)?.refreshToken;
    await inTime(token(bff, id));
    expect(store.read(id)).toMatchObject({ refreshToken: before });
  });

  it('lets the session end with a refresh token whose new life is shorter', async () => {
    await clock.advance(61_000);
    provider.extra = { refresh_expires_in: 100 };
    await inTime(token(bff, id));
    await clock.advance(100_000);
    expect(store.read(id)).toBeUndefined();
  });

  it('asks for one lease, however many calls there are in this process', async () => {
    const lease = new MemoryLease(clock);
    const acquire = lease.acquire.bind(lease);
    let leases = 0;
    lease.acquire = (...args) => (leases++, acquire(...args));
    const counted = littleWebBff(provider, clock, {}, { store, lease });
    await clock.advance(61_000);
    await inTime(Promise.all(Array.from({ length: 50 }, () => token(counted, id))));
    expect(leases).toBe(1);
  });

  it('takes what a faster replica got, when a lease did not keep them apart', async () => {
    const lease = { acquire: () => ({ renew: () => true, release: () => {} }) };
    const [first, second] = [littleWebBff(provider, clock, {}, { store, lease }), littleWebBff(provider, clock, {}, { store, lease })];
    // Both know the provider before it becomes slow.
    await clock.advance(61_000);
    await inTime(token(first, id));
    await clock.advance(61_000);
    await inTime(token(second, id));
    await clock.advance(61_000);
    provider.delayMs = 5_000;
    const faster = token(first, id);
    await expect.poll(() => provider.refreshes).toBe(3);
    await clock.advance(1_000);
    const slower = token(second, id);
    await expect.poll(() => provider.refreshes).toBe(4);
    expect(await inTime(slower)).toBe(await faster);
  });

  it('ends a session whose refresh brings another user', async () => {
    await clock.advance(61_000);
    provider.tamper = { claims: { sub: 'bob' } };
    expect((await refusal(inTime(token(bff, id)))).code).toBe('SESSION_MISSING');
    expect(store.read(id)).toBeUndefined();
  });

  it('keeps what it got though the store fails for a moment', async () => {
    await clock.advance(61_000);
    const update = store.update.bind(store);
    let failures = 0;
    store.update = (...args) => {
      if (failures++ < 3) throw new Error('connection lost');
      return update(...args);
    };
    const fresh = await inTime(token(bff, id));
    expect(store.read(id)).toMatchObject({ accessToken: fresh });
    expect(provider.refreshes).toBe(1);
  });

  it('is SESSIONS_UNAVAILABLE when the store is down', async () => {
    const active = { id, session: store.read(id) as NonNullable<ReturnType<typeof store.read>> };
    await clock.advance(61_000);
    store.read = () => {
      throw new Error('connection lost');
    };
    expect((await refusal(Promise.resolve(bff.tokens.accessToken(active)))).code).toBe('SESSIONS_UNAVAILABLE');
  });
});

const plan = realServer('redis');

describe.skipIf(plan.absent)(`on ${plan.title}`, () => {
  let server: RealServer;
  beforeAll(async () => {
    server = await plan.start();
    redis = await openRedis(server.origin, { keyPrefix: 'tokens-test:', timeoutMs: 10_000 });
  });
  afterEach(() => redis?.client.flushall());
  afterAll(async () => {
    await redis?.close();
    await server?.close();
  });
  describeRefresh('SessionTokens in Redis', async () => {
    const connection = redis as RedisConnection;
    return { store: new RedisSessionStore(connection, clock), lease: new RedisLease(connection) };
  });
});
