import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Attester } from '../../test/attester.js';
import { readJwt } from '../../test/jwt.js';
import { login, redeem } from '../../test/login.js';
import { startShop, type RunningShop } from '../start-shop.js';
import { audiences } from './audience.js';
import { claimedRedirect } from './clients.js';

const attester = new Attester();
let shop: RunningShop;
beforeAll(async () => {
  shop = await startShop({ only: ['identity'], identity: { attesterKeys: attester.keys } });
});
afterAll(() => shop.close());

const start = async (clientId: string, redirectUri: string) => {
  const { response, location } = await login(shop.urls.identity, { client_id: clientId, redirect_uri: redirectUri }, clientId.includes('desktop') ? 'desktop' : 'mobile');
  return location ? `${location.href.split('?')[0]} ${location.searchParams.has('code') ? 'with a code' : 'without'}` : response.status;
};

describe('a native client', () => {
  it.each([
    ['shop-mobile', 'https://app.shop.example/callback'],
    ['shop-mobile', 'com.example.shop:/callback'],
    ['shop-mobile-https', 'https://app.shop.example/callback'],
    ['shop-desktop', 'http://127.0.0.1:1024/callback'],
    ['shop-desktop', 'http://127.0.0.1:65535/callback'],
  ])('%s is sent back to %s', async (clientId, redirectUri) => {
    expect(await start(clientId, redirectUri)).toBe(`${redirectUri} with a code`);
  });

  it('NATIVE-002 is answered 400 for the scheme of the app where it claimed a link', async () => {
    expect(await start('shop-mobile-https', 'com.example.shop:/callback')).toBe(400);
  });

  it.each([
    ['loopback, for a client that claimed a link', 'shop-mobile-https', 'http://127.0.0.1:1024/callback'],
    ['another path of the scheme', 'shop-mobile', 'com.example.shop:/cb'],
    ['another path of the claimed link', 'shop-mobile', 'https://app.shop.example/callback/x'],
    ['the claimed link at a port', 'shop-mobile', 'https://app.shop.example:8443/callback'],
    ['the claimed link without TLS', 'shop-mobile', 'http://app.shop.example/callback'],
    ['a name where the loopback address belongs', 'shop-desktop', 'http://localhost:1024/callback'],
    ['another path on loopback', 'shop-desktop', 'http://127.0.0.1:1024/other'],
  ])('is answered 400 for %s', async (_what, clientId, redirectUri) => {
    expect(await start(clientId, redirectUri)).toBe(400);
  });
});

describe('a native client that has to bring an attestation', () => {
  const client = { client_id: 'shop-mobile-attested', redirect_uri: claimedRedirect };
  const redeemed = async (headers: Record<string, string> = {}) => redeem(shop.urls.identity, await login(shop.urls.identity, client), client, headers);

  it('NATIVE-001 gets no token without one', async () => {
    expect(await redeemed()).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  });

  it('gets one with the word of the attester and a proof of its own', async () => {
    const { status, body } = await redeemed(await attester.headers(client.client_id, shop.urls.identity));
    expect(status).toBe(200);
    expect(readJwt(body.access_token ?? '').claims).toMatchObject({ aud: audiences.mobile, client_id: client.client_id, sub: 'c-ann' });
  });

  it('is refused with the word of somebody else, with half of it, and with a proof used before', async () => {
    const good = await attester.headers(client.client_id, shop.urls.identity);
    const { 'oauth-client-attestation-pop': _, ...half } = good;
    for (const headers of [await new Attester().headers(client.client_id, shop.urls.identity), half]) expect(await redeemed(headers)).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    expect((await redeemed(good)).status).toBe(200);
    expect((await redeemed(good)).status).toBe(401);
  });

  it('is nobody where no attester is known', async () => {
    const plain = await startShop({ only: ['identity'] });
    const { response } = await login(plain.urls.identity, client);
    await plain.close();
    expect(response.status).toBe(400);
  });
});
