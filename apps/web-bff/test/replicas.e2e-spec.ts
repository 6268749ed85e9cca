import { randomBytes } from 'node:crypto';
import { realServer, type RealServer } from '@portico/core/testing';
import { TestBrowser } from '@portico/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startReplica, type Replica } from './replica.js';
import { callbackOf, origin, sessionCookie, startLoginShop, type LoginShop } from './shop-login.js';

const plan = realServer('redis');

describe.skipIf(plan.absent)(`two replicas of the web BFF with ${plan.title}`, () => {
  let redis: RealServer;
  let shop: LoginShop;
  let replicas: readonly [Replica, Replica];

  beforeAll(async () => {
    [redis, shop] = await Promise.all([plan.start(), startLoginShop()]);
    const services = Object.entries(shop.origins).filter(([name]) => name !== 'identity');
    const settings = {
      ...Object.fromEntries(services.map(([name, url]) => [`PORTICO_SERVICES_${name.toUpperCase()}_INSTANCES`, url])),
      REDIS_URL: redis.origin,
      PORTICO_AUTH_ISSUER: shop.identity,
      PORTICO_AUTH_CLIENT_KEY_FILE: shop.clientKeyFile,
      PORTICO_SESSION_PUBLIC_ORIGIN: origin,
      PORTICO_SESSION_TRANSACTION_KEY: randomBytes(32).toString('base64url'),
      PORTICO_HTTP_TRUSTED_PROXIES: '127.0.0.1',
      // A request may then wait for a provider that takes its time.
      PORTICO_DEADLINE_DEFAULT_MS: '30000',
      // The provider is asked for tokens of sessions alone.
      PORTICO_SERVICE_CLIENT_CLIENT_ID: '',
    };
    replicas = await Promise.all([startReplica(settings), startReplica(settings)]);
  });
  afterAll(async () => {
    await Promise.all((replicas ?? []).map((replica) => replica.close()));
    await shop?.close();
    await redis?.close();
  });

  /** Signs Ann in: the login begins at one replica and ends at the other. Returns her cookie. */
  async function signIn(): Promise<string> {
    const servers = { [origin]: replicas[0].url };
    const browser = new TestBrowser(servers);
    const callback = await callbackOf(browser, shop.identity);
    servers[origin] = replicas[1].url;
    expect((await browser.ask(callback, {}, shop.identity)).status).toBe(302);
    return `${sessionCookie}=${browser.cookie(origin, sessionCookie)}`;
  }

  it('OIDC-020 renew the token of a session once for twenty calls to both, though that takes longer than the lease', { timeout: 60_000 }, async () => {
    await shop.provider({ accessTokenSeconds: 1 });
    const cookie = await signIn();
    const status = async ({ url }: Replica): Promise<number> => (await fetch(`${url}/api/account`, { headers: { cookie, 'x-csrf': '1', 'x-forwarded-proto': 'https' } })).status;
    await shop.provider({ tokenStatus: 503 });
    // The token at hand is good for the rest of its second.
    await expect.poll(() => status(replicas[0]), { timeout: 10_000 }).toBe(503);
    await shop.provider({ tokenDelayMs: 5_000 });
    const asked = await shop.tokenRequests();
    const statuses = await Promise.all(Array.from({ length: 20 }, (_, index) => status(replicas[index % 2] as Replica)));
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect((await shop.tokenRequests()) - asked).toBe(1);
  });
});
