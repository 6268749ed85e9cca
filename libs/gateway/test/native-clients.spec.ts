import { authenticate } from '@portico/auth';
import { Section } from '@portico/config';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appLinkEndpoints, AppLinksConfig, GatewayConfig, nativeClientEndpoint, NativeClientConfig, type GatewayDefinition } from '../src/index.js';
import { startApp, type TestApp } from './start-app.js';

class AppConfig extends GatewayConfig {
  @Section(() => NativeClientConfig, { description: 'App' })
  nativeClient: NativeClientConfig = new NativeClientConfig();

  @Section(() => AppLinksConfig, { description: 'Links' })
  appLinks: AppLinksConfig = new AppLinksConfig();
}

const definition = {
  config: AppConfig,
  identityEndpoints: (_resolve, config) => [nativeClientEndpoint(config as AppConfig), ...appLinkEndpoints(config as AppConfig)],
} satisfies Partial<GatewayDefinition>;

const fingerprint = Array.from({ length: 32 }, () => 'AB').join(':');
const redirectUris = ['https://app.example/signed/in', 'com.example.app:/callback'];
const appLinks = { androidPackage: 'com.example.app', androidCertSha256: [fingerprint, fingerprint.replaceAll('B', '0')], appleAppIds: ['ABCDE12345.com.example.app', 'ABCDE12345.com.example.app.beta'] };

function start({ clientIds = ['app', 'app-old'], ...overrides }: { clientIds?: string[]; nativeClient?: Partial<NativeClientConfig>; appLinks?: Partial<AppLinksConfig> } = {}): Promise<TestApp> {
  return startApp({ policies: [authenticate({ dpop: true })], definition, overrides: { auth: { issuer: 'https://id.example', audience: 'https://api.example', clientIds }, nativeClient: { redirectUris }, ...overrides } as object });
}

const refusal = (parts: Parameters<typeof start>[0]): Promise<string> => start(parts).then(async (app) => (await app.close(), 'started'), (error: Error) => error.message);

let app: TestApp;
beforeAll(async () => {
  app = await start({ appLinks });
});
afterAll(() => app.close());

describe('what an app is told', () => {
  it('is how it signs its user in, under the names of the standards', async () => {
    const { body } = await app.client.get('/bff/client').expect(200);
    expect(body).toEqual({
      issuer: 'https://id.example',
      client_id: 'app',
      redirect_uris: redirectUris,
      scope: 'openid profile offline_access shop.read shop.write',
      resource: 'https://api.example',
      code_challenge_method: 'S256',
      dpop_signing_alg_values_supported: ['ES256', 'EdDSA', 'Ed25519', 'PS256', 'RS256'],
    });
  });

  it('is that any port will do, where it is sent back on loopback', async () => {
    for (const uri of ['http://127.0.0.1/callback', 'http://[::1]/callback']) {
      const desktop = await start({ nativeClient: { redirectUris: [uri] } });
      expect((await desktop.client.get('/bff/client')).body).toMatchObject({ redirect_uris: [uri], loopback_port: 'any' });
      await desktop.close();
    }
  });

  it('is which app opens the links of this host: to Android', async () => {
    const { body } = await app.client.get('/.well-known/assetlinks.json').expect(200);
    expect(body).toEqual([{ relation: ['delegate_permission/common.handle_all_urls'], target: { namespace: 'android_app', package_name: 'com.example.app', sha256_cert_fingerprints: appLinks.androidCertSha256 } }]);
  });

  it('is which apps open the claimed link, and no other link: to the systems of Apple', async () => {
    const { body } = await app.client.get('/.well-known/apple-app-site-association').expect(200);
    expect(body).toEqual({ applinks: { details: [{ appIDs: appLinks.appleAppIds, components: [{ '/': '/signed/in' }] }] } });
  });

  it.each(['/bff/client', '/.well-known/assetlinks.json', '/.well-known/apple-app-site-association'])('stands at %s as JSON, without a redirect, for everybody and for an hour', async (path) => {
    const { status, headers } = await app.client.get(path).redirects(0);
    expect([status, headers['content-type'], headers['cache-control'], headers['x-content-type-options']]).toEqual([200, 'application/json; charset=utf-8', 'public, max-age=3600', 'nosniff']);
    const { headers: refused } = await app.client.post(path).expect(405);
    expect(refused.allow).toBe('GET');
    expect(await app.logged(({ route, status: answered }) => route === path && answered === 200)).toMatchObject({ method: 'GET' });
  });

  it('is nothing about a system for which no app is named', async () => {
    const bare = await start({ appLinks: { appleAppIds: appLinks.appleAppIds } });
    expect((await bare.client.get('/.well-known/assetlinks.json').expect(404)).body.code).toBe('ROUTE_NOT_FOUND');
    await bare.client.get('/.well-known/apple-app-site-association').expect(200);
    await bare.close();
    const none = await start();
    for (const path of ['/.well-known/assetlinks.json', '/.well-known/apple-app-site-association']) await none.client.get(path).expect(404);
    await none.close();
  });
});

describe('a gateway for an app does not start', () => {
  it.each(['http://app.example/callback', 'http://localhost/callback', 'http://127.0.0.1:8080/callback', 'shop:/callback', 'com.example.app://callback', 'https://app.example', 'https://a@app.example/callback', 'https://app.example/callback#a', 'https://app.example:x/callback'])(
    'with the redirect %s',
    async (uri) => {
      expect(await refusal({ nativeClient: { redirectUris: [redirectUris[0] as string, uri] } })).toContain(`nativeClient.redirectUris[1]: "${uri}" is no redirect of an app`);
    },
  );

  it('without a redirect, and without a client', async () => {
    expect(await refusal({ nativeClient: { redirectUris: [] } })).toContain('nativeClient.redirectUris: ');
    expect(await refusal({ clientIds: [] })).toContain('auth.clientIds: is to have the client that the app signs in as');
  });

  it('with half an Android app, and with what cannot be one', async () => {
    const { androidPackage, androidCertSha256 } = appLinks;
    const half = 'appLinks.androidCertSha256: is to have the certificates of androidPackage, and none without it';
    expect(await refusal({ appLinks: { androidPackage } })).toContain(half);
    expect(await refusal({ appLinks: { androidCertSha256 } })).toContain(half);
    expect(await refusal({ appLinks: { androidPackage: 'shop', androidCertSha256 } })).toContain('appLinks.androidPackage: is no name of an Android package');
    expect(await refusal({ appLinks: { androidPackage, androidCertSha256: [fingerprint.toLowerCase()] } })).toContain('appLinks.androidCertSha256[0]: is no SHA-256 of a certificate');
  });

  it('with an Apple app that has no team, and with apps but no link that they open', async () => {
    expect(await refusal({ appLinks: { appleAppIds: ['com.example.app'] } })).toContain('appLinks.appleAppIds[0]: is no app');
    const schemeOnly = { redirectUris: redirectUris.slice(1) };
    expect(await refusal({ nativeClient: schemeOnly, appLinks })).toContain('nativeClient.redirectUris: is to have a claimed https link');
    expect(await refusal({ nativeClient: schemeOnly })).toBe('started');
  });
});
