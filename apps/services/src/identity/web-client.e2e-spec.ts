import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ClientKey } from '../../test/client-key.js';
import { readJwt } from '../../test/jwt.js';
import { listen, type Listener } from '../../test/listener.js';
import { login, redeem, signOut } from '../../test/login.js';
import { startShop, type RunningShop } from '../start-shop.js';
import { audiences } from './audience.js';

const callback = 'http://127.0.0.1:55555/callback';
const home = 'http://127.0.0.1:55555/';
const reported: Error[] = [];
let key = new ClientKey();
let published = true;
let web: Listener;
let shop: RunningShop;
let issuer: string;
beforeAll(async () => {
  web = await listen(() => (published ? { json: key.settings.jwks } : { status: 503, json: {} }));
  shop = await startShop({
    only: ['identity'],
    identity: { webClient: { jwksUri: `${web.origin}/bff/jwks`, redirectUris: [callback], postLogoutRedirectUris: [home] } },
    report: (_service, error) => void reported.push(error as Error),
  });
  issuer = shop.urls.identity;
});
afterAll(async () => {
  await shop.close();
  await web.close();
});

const signIn = async () => login(issuer, { client_id: 'shop-web' }, 'web');
const redeemed = async (by = key) => redeem(issuer, await signIn(), by.proof('shop-web', issuer));

/** The client starts again with another key, and the identity service has fetched it. */
async function restarted(): Promise<void> {
  key = new ClientKey();
  await redeemed();
  await redeemed();
}

describe('the web client', () => {
  it('is known by the keys that it publishes on loopback', async () => {
    const { status, body } = await redeemed();
    expect(status).toBe(200);
    expect(readJwt(body.access_token ?? '').claims).toMatchObject({ aud: audiences.web, client_id: 'shop-web', sub: 'c-ann' });
    expect(web.heard.map(({ url }) => url)).toEqual(['/bff/jwks']);
  });

  it('is refused with a key that it does not publish, without a proof, and with a proof used before', async () => {
    const error = async (proof: Record<string, string>) => (await redeem(issuer, await signIn(), proof)).body.error;
    expect(await error(new ClientKey().proof('shop-web', issuer))).toBe('invalid_client');
    expect(await error({ client_id: 'shop-web' })).toBe('invalid_client');
    const proof = key.proof('shop-web', issuer);
    expect(await error(proof)).toBeUndefined();
    expect(await error(proof)).toBe('invalid_client');
  });

  it('is known by its new keys on the second try when it has started again', async () => {
    await restarted();
    key = new ClientKey();
    expect((await redeemed()).body.error).toBe('invalid_client');
    expect((await redeemed()).status).toBe(200);
    expect(reported).toEqual([]);
  });

  it('is refused while its keys cannot be had, which is reported', async () => {
    await restarted();
    key = new ClientKey();
    published = false;
    expect((await redeemed()).body.error).toBe('invalid_client');
    expect((await redeemed()).body.error).toBe('invalid_client');
    expect(reported.splice(0).map(({ message }) => message)).toEqual([expect.stringMatching(/^the keys of shop-web at .*\/bff\/jwks cannot be had: .*503/)]);
    published = true;
  });

  it('has its users sent back to where it says after logout, and nowhere else', async () => {
    await restarted();
    const done = await signIn();
    const { body } = await redeem(issuer, done, key.proof('shop-web', issuer));
    const hint = { id_token_hint: body.id_token ?? '' };
    const elsewhere = await fetch(`${issuer}/session/end?${new URLSearchParams({ ...hint, post_logout_redirect_uri: 'https://evil.example/' })}`, { headers: { cookie: done.jar.header() } });
    expect(elsewhere.status).toBe(400);
    expect(await signOut(issuer, done.jar, { ...hint, post_logout_redirect_uri: home, state: 's1' })).toBe(`${home}?state=s1`);
  });
});

describe('settings that cannot be used', () => {
  it('stop the start', async () => {
    const webClient = { jwksUri: 'nowhere', redirectUris: [callback] };
    await expect(startShop({ only: ['identity'], identity: { webClient } })).rejects.toThrow('invalid_client_metadata');
  });
});
