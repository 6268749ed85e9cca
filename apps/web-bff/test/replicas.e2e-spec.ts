import { randomBytes } from 'node:crypto';
import type { HubConnection } from '@microsoft/signalr';
import { realServer, type RealServer } from '@portico/core/testing';
import { connectHub } from '@portico/realtime/testing';
import { advanceOrder, placeOrder, TestBrowser } from '@portico/testing';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
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
    replicas = await Promise.all([startReplica({ ...settings, PORTICO_STATE_REPLICA: 'one' }), startReplica({ ...settings, PORTICO_STATE_REPLICA: 'two' })]);
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

  /** A page's connection to the hub of a replica, and what it hears. */
  async function connect({ url }: Replica, cookie: string) {
    const heard: unknown[] = [];
    const prepare = (connection: HubConnection): void => connection.on('orderProgress', (progress) => void heard.push(progress));
    const connection = await connectHub(`${url}/hubs/web`, { headers: { cookie, 'x-csrf': '1', 'x-forwarded-proto': 'https' }, origin, prepare });
    onTestFinished(() => connection.stop());
    return { connection, heard };
  }

  it('tell the clients of both of an order on its way, each once, with one session', { timeout: 30_000 }, async () => {
    const cookie = await signIn();
    const order = await placeOrder(shop);
    const pages = await Promise.all(replicas.map((replica) => connect(replica, cookie)));
    expect(pages.map(({ connection }) => connection.connectionId?.split('.')[0])).toEqual(['one', 'two']);
    for (const { connection } of pages) expect(await connection.invoke('trackOrder', { id: order.id })).toMatchObject({ id: order.id });
    await advanceOrder(shop, order.id);
    await advanceOrder(shop, order.id);
    const told = [expect.objectContaining({ orderId: order.id, status: 'paid' }), expect.objectContaining({ orderId: order.id })];
    await expect.poll(() => pages.map(({ heard }) => heard), { timeout: 10_000 }).toEqual([told, told]);
  });

  it('name the replica of a hub connection in its id, by which a balancer passes on what went to another', async () => {
    const headers = { cookie: await signIn(), 'x-csrf': '1', 'x-forwarded-proto': 'https', origin };
    const negotiated = await fetch(`${replicas[0].url}/hubs/web/negotiate?negotiateVersion=1`, { method: 'POST', headers });
    const { connectionToken, accessToken } = (await negotiated.json()) as { connectionToken: string; accessToken: string };
    expect(connectionToken).toMatch(/^one\.[\w-]{22}$/);
    const poll = async ({ url }: Replica): Promise<number> => (await fetch(`${url}/hubs/web?id=${connectionToken}`, { headers: { origin, authorization: `Bearer ${accessToken}`, 'x-forwarded-proto': 'https' } })).status;
    expect([await poll(replicas[1]), await poll(replicas[0])]).toEqual([421, 200]);
  });

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
