import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ClientKey } from '../../test/client-key.js';
import { isSigned, readJwt } from '../../test/jwt.js';
import { listen, type Listener } from '../../test/listener.js';
import { askToken, login, redeem, signOut, type Login } from '../../test/login.js';
import { startShop, type RunningShop } from '../start-shop.js';
import type { CookieJar } from './cookie-jar.js';
import type { BffName } from './audience.js';

const key = new ClientKey();
const reported: Error[] = [];
let status = 200;
let bffs: Listener;
let shop: RunningShop;
let issuer: string;
beforeAll(async () => {
  bffs = await listen(() => ({ status }));
  shop = await startShop({
    only: ['identity'],
    identity: {
      webClient: { ...key.settings, redirectUris: ['http://127.0.0.1:55555/callback'], backchannelLogoutUri: `${bffs.origin}/web` } as never,
      backchannelLogoutUris: { mobile: `${bffs.origin}/mobile`, desktop: `${bffs.origin}/desktop` },
    },
    report: (_service, error) => void reported.push(error as Error),
  });
  issuer = shop.urls.identity;
});
afterAll(async () => {
  await shop.close();
  await bffs.close();
});
beforeEach(() => {
  status = 200;
  bffs.heard.length = 0;
  reported.length = 0;
});

const client = (bff: BffName): Record<string, string> => (bff === 'web' ? key.proof('shop-web', issuer) : { client_id: `shop-${bff}` });
async function signIn(bff: BffName, jar?: CookieJar): Promise<{ done: Login; tokens: Record<string, string>; sid: unknown }> {
  const done = await login(issuer, { client_id: `shop-${bff}` }, bff, jar);
  const { body } = await redeem(issuer, done, client(bff));
  return { done, tokens: body, sid: readJwt(body.access_token ?? '').claims.sid };
}
const logoutTokens = () => bffs.heard.map(({ url, body }) => ({ url, token: new URLSearchParams(body).get('logout_token') ?? '' }));

describe('logout at the provider', () => {
  it('tells every client of that session by a signed logout token with its session id', async () => {
    const web = await signIn('web');
    const mobile = await signIn('mobile', web.done.jar);
    const desktop = await signIn('desktop', web.done.jar);
    await signOut(issuer, web.done.jar);
    const told = logoutTokens();
    expect(new Set(told.map(({ url }) => url))).toEqual(new Set(['/web', '/mobile', '/desktop']));
    expect(bffs.heard).toMatchObject(told.map(() => ({ method: 'POST', contentType: expect.stringMatching(/^application\/x-www-form-urlencoded/) })));
    for (const [name, { sid, tokens }] of Object.entries({ web, mobile, desktop })) {
      expect(readJwt(tokens.id_token ?? '').claims.sid).toBe(sid);
      const { token } = told.find(({ url }) => url === `/${name}`) ?? { token: '' };
      const { header, claims } = readJwt(token);
      expect(header).toEqual({ alg: 'RS256', typ: 'logout+jwt', kid: expect.any(String) });
      expect(claims).toEqual({
        iss: issuer,
        aud: `shop-${name}`,
        sub: 'c-ann',
        sid,
        jti: expect.any(String),
        iat: expect.any(Number),
        exp: (claims.iat as number) + 120,
        events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
      });
      expect(await isSigned(token, issuer)).toBe(true);
    }
    expect(reported).toEqual([]);
  });

  it('ends the refresh tokens of that session and leaves the user’s other session alone', async () => {
    const [here, elsewhere] = [await signIn('mobile'), await signIn('mobile')];
    expect(here.sid).not.toBe(elsewhere.sid);
    await signOut(issuer, here.done.jar);
    const refresh = (token = '') => askToken(issuer, { ...client('mobile'), grant_type: 'refresh_token', refresh_token: token });
    expect(await refresh(here.tokens.refresh_token)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect((await refresh(elsewhere.tokens.refresh_token)).status).toBe(200);
    expect(logoutTokens().map(({ token }) => readJwt(token).claims.sid)).toEqual([here.sid]);
  });

  it('is done also when a client does not listen, which is reported', async () => {
    status = 500;
    const { done, tokens, sid } = await signIn('desktop');
    await signOut(issuer, done.jar);
    expect(reported.map(({ message }) => message)).toEqual([`the logout of session ${sid} did not reach shop-desktop at ${bffs.origin}/desktop: expected 200 OK from ${bffs.origin}/desktop, got: 500 Internal Server Error`]);
    expect((await askToken(issuer, { ...client('desktop'), grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' })).status).toBe(400);
  });

  it('reports why a client cannot be reached at all', async () => {
    const lonely = await startShop({ only: ['identity'], identity: { backchannelLogoutUris: { mobile: 'http://127.0.0.1:1/out' } }, report: (_service, error) => void reported.push(error as Error) });
    const done = await login(lonely.urls.identity, { client_id: 'shop-mobile' });
    await redeem(lonely.urls.identity, done, { client_id: 'shop-mobile' });
    await signOut(lonely.urls.identity, done.jar);
    expect(reported.map(({ message }) => message)).toEqual([expect.stringMatching(/did not reach shop-mobile at http:\/\/127\.0\.0\.1:1\/out: (?!fetch failed)/)]);
    await lonely.close();
  });
});
