import type { DeepPartial } from '@portico/config';
import type { GatewayConfig, GatewayDefinition } from '@portico/gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NativeApp } from './native-app.js';
import { startTestGateway, type TestGateway } from './test-gateway.js';
import { startTestShop, type TestShop } from './test-shop.js';

export interface NativeSignInOptions {
  /** Redirects that the app is to be told of, the best first; on loopback with ports of its choice. */
  readonly redirects: readonly string[];
  /** Redirects that look like them and are not registered. */
  readonly others: readonly string[];
}

/** Holds what a BFF tells its app of signing in against the shop's real identity service. */
export function nativeSignIn<C extends GatewayConfig>(definition: GatewayDefinition<C>, { redirects, others }: NativeSignInOptions): void {
  describe(`an app of ${definition.name} that knows nothing but its BFF`, () => {
    let shop: TestShop;
    let bff: TestGateway;
    let app: NativeApp;

    beforeAll(async () => {
      shop = await startTestShop();
      bff = await startTestGateway(definition, shop.origins, { auth: { issuer: shop.origins['identity'] } } as unknown as DeepPartial<C>);
      app = await NativeApp.at(bff.url);
    });
    afterAll(async () => {
      await bff.close();
      await shop.close();
    });

    it('is told of these redirects, the best first', () => {
      const { redirect_uris, loopback_port } = app.document;
      const withoutPort = (uri: string): string => uri.replace(/^(http:\/\/127\.0\.0\.1):\d+/, '$1');
      expect([...redirect_uris]).toEqual([...new Set(redirects.map(withoutPort))]);
      expect(loopback_port).toBe(redirects.some((uri) => uri !== withoutPort(uri)) ? 'any' : undefined);
    });

    it.each(redirects)('is sent back to %s, and gets a token that the BFF takes', async (redirect) => {
      const signedIn = await app.signIn(redirect);
      if ('refused' in signedIn) throw new Error(`Refused with ${signedIn.refused}`);
      expect(signedIn.scope.split(' ')).toEqual(expect.arrayContaining(['shop.read', 'shop.write']));
      expect(signedIn.refreshToken).toBeDefined();
      const { body } = await bff.anonymous.get('/api/account').set('authorization', `Bearer ${signedIn.accessToken}`).expect(200);
      expect(JSON.stringify(body)).toContain('ann@shop.example');
    });

    it.each(others)('is not sent back to %s', async (redirect) => {
      expect(await app.signIn(redirect)).toEqual({ refused: 400 });
    });

    it('is told of nothing that the identity service cannot do', () => {
      const { issuer, scope, code_challenge_method, dpop_signing_alg_values_supported: algorithms } = app.document;
      expect(app.provider).toMatchObject({ issuer, code_challenge_methods_supported: expect.arrayContaining([code_challenge_method]) });
      expect(app.provider['scopes_supported']).toEqual(expect.arrayContaining(scope.split(' ').filter((name) => !name.startsWith('shop.'))));
      expect(algorithms.filter((name) => (app.provider['dpop_signing_alg_values_supported'] as string[]).includes(name))).toContain('ES256');
    });
  });
}
