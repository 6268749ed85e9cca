import { createGateway, SharedState, type Gateway } from '@portico/gateway';
import { connectHub } from '@portico/realtime/testing';
import { TestBrowser } from '@portico/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { webBff } from '../src/web-bff.js';
import { callbackOf, origin, sessionCookie, startLoginShop, type LoginShop } from './shop-login.js';

let shop: LoginShop;
let gateway: Gateway;
let log = '';

beforeAll(async () => {
  shop = await startLoginShop();
  const services = Object.fromEntries(Object.keys(new webBff.config().services).map((name) => [name, { instances: [shop.origins[name] ?? ''] }]));
  gateway = await createGateway(webBff, {
    env: {},
    overrides: {
      port: 0,
      log: { level: 'trace' },
      traces: { ratio: 1, exporter: 'log' },
      auth: { issuer: shop.identity, clientKeyFile: shop.clientKeyFile },
      serviceClient: { clientId: '' },
      session: { publicOrigin: origin },
      http: { trustedProxies: ['127.0.0.1'] },
      services,
    },
    logDestination: { write: (line: string) => void (log += line) },
  });
});
afterAll(async () => {
  await gateway.close();
  await shop.close();
});

describe('the log of everything from login to logout', () => {
  it('holds no secret: no cookie, code, token, ticket, key or id of a session, whether all goes well or not', async () => {
    const browser = new TestBrowser({ [origin]: gateway.url });
    const asPage = { headers: { 'x-csrf': '1' } };
    const callback = await callbackOf(browser, shop.identity, '?returnUrl=/planted-page');
    await browser.ask(callback, {}, shop.identity);
    await browser.ask(`${callback.href}&again=1`, {}, shop.identity);
    const id = browser.cookie(origin, sessionCookie) ?? '';
    const session = await gateway.app.get(SharedState).sessions.read(id);
    const cookie = `${sessionCookie}=${id}`;
    const hub = await connectHub(`${gateway.url}/hubs/web`, { headers: { cookie, 'x-csrf': '1', 'x-forwarded-proto': 'https' }, origin });
    await hub.stop();
    await fetch(`${gateway.url}/hubs/web?id=planted-connection&access_token=planted-ticket`, { headers: { cookie, origin } });
    await fetch(`${gateway.url}/api/account?access_token=planted-query`, { headers: { authorization: 'Bearer planted-token', 'x-api-key': 'planted-key', dpop: 'planted-proof' } });
    // A service that fails is reported with its cause, and the provider too.
    await shop.faults('customers', { errorRate: 1 });
    await browser.ask(`${origin}/api/account`, asPage);
    await shop.faults('customers', {});
    await shop.provider({ tokenStatus: 503 });
    const { logoutUrl } = JSON.parse((await browser.ask(`${origin}/bff/user`, asPage)).text) as { logoutUrl: string };
    await browser.ask(origin + logoutUrl);

    const secrets = [id, session?.accessToken, session?.refreshToken, session?.idToken, session?.sid, callback.searchParams.get('code'), callback.searchParams.get('state')];
    expect(secrets.every((secret) => typeof secret === 'string' && secret.length > 8)).toBe(true);
    // What is looked through has the requests in it.
    expect(log).toMatch(/"route":"\/bff\/callback"/);
    expect(log).toMatch(/"route":"\/api\/account".*"status":502/);
    for (const secret of secrets) expect(log).not.toContain(secret);
    expect(log).not.toMatch(/planted/);
    expect(log).not.toMatch(/eyJ[\w-]{10,}|client_assertion/);
  });
});
