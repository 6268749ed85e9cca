import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { login } from '../../test/login.js';
import { startShop, type RunningShop } from '../start-shop.js';

let shop: RunningShop;
beforeAll(async () => {
  shop = await startShop({ only: ['identity'] });
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

  it.each([
    ['the scheme of the app, for a client that claimed a link [NATIVE-002]', 'shop-mobile-https', 'com.example.shop:/callback'],
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
