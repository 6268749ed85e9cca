import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { isSigned, readJwt } from '../../test/jwt.js';
import { askToken, login, redeem } from '../../test/login.js';
import { startShop, type RunningShop } from '../start-shop.js';
import { audiences, bffNames } from './audience.js';
import { obtainToken } from './obtain-token.js';

const webKeys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const printed: unknown[][] = [];
let shop: RunningShop;
let issuer: string;
beforeAll(async () => {
  for (const way of ['log', 'info', 'warn', 'error'] as const) vi.spyOn(console, way).mockImplementation((...words) => void printed.push(words));
  const jwks = { keys: [{ ...webKeys.publicKey.export({ format: 'jwk' }), kid: 'web-1', use: 'sig', alg: 'RS256' }] } as never;
  shop = await startShop({ only: ['identity'], identity: { webClient: { jwks, redirectUris: ['http://127.0.0.1:55555/callback'] } } });
  issuer = shop.urls.identity;
});
afterAll(async () => {
  vi.restoreAllMocks();
  await shop.close();
});

describe('an access token', () => {
  it.each(bffNames)('for the %s BFF carries what RFC 9068 asks for, one audience and the session', async (bff) => {
    const token = await obtainToken({ user: 'ann', bff, issuer });
    const { header, claims } = readJwt(token);
    expect(header).toEqual({ alg: 'RS256', typ: 'at+jwt', kid: expect.any(String) });
    expect(claims).toEqual({
      iss: issuer,
      aud: audiences[bff],
      sub: 'c-ann',
      client_id: { web: 'portico-cli', mobile: 'shop-mobile', desktop: 'shop-desktop' }[bff],
      scope: 'shop.read shop.write',
      sid: expect.any(String),
      jti: expect.any(String),
      iat: expect.any(Number),
      exp: (claims.iat as number) + 900,
    });
    expect(await isSigned(token, issuer)).toBe(true);
  });

  it('grants shop.operate to the operator only', async () => {
    const scope = 'openid shop.read shop.operate';
    expect(readJwt(await obtainToken({ user: 'eve', bff: 'desktop', issuer, scope })).claims.scope).toBe('shop.read shop.operate');
    expect(readJwt(await obtainToken({ user: 'bob', bff: 'desktop', issuer, scope })).claims.scope).toBe('shop.read');
  });

  it('has an id of its own each time', async () => {
    const ids = await Promise.all([1, 2, 3].map(async () => readJwt(await obtainToken({ user: 'bob', bff: 'web', issuer })).claims.jti));
    expect(new Set(ids).size).toBe(3);
  });
});

describe('an issuer behind an edge', () => {
  it('names its endpoints as the edge was asked, and only where its own name is https', async () => {
    const behind = await startShop({ only: ['identity'], identity: { issuer: 'https://id.shop.example' } });
    const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'id.shop.example' };
    const { body } = await request(behind.urls.identity).get('/.well-known/openid-configuration').set(forwarded).expect(200);
    expect(body).toMatchObject({ issuer: 'https://id.shop.example', token_endpoint: 'https://id.shop.example/token', jwks_uri: 'https://id.shop.example/jwks' });
    const plain = await request(issuer).get('/.well-known/openid-configuration').set(forwarded).expect(200);
    expect(plain.body.token_endpoint).toBe(`${issuer}/token`);
    await behind.close();
  });
});

describe('obtaining a token', () => {
  it.each([
    ['an unknown user', { user: 'zed', bff: 'mobile' }, /^unknown user "zed"/],
    ['an unknown BFF', { user: 'ann', bff: 'tv' }, /^unknown BFF "tv": choose web, mobile, desktop$/],
    ['an issuer that is not there', { user: 'ann', bff: 'web', issuer: 'http://127.0.0.1:1' }, /does not answer$/],
  ])('says in one line what is wrong with %s', async (_what, wish, message) => {
    await expect(obtainToken({ issuer, ...wish } as never)).rejects.toThrow(message);
  });

  it('says so when the issuer is something else', async () => {
    const other = await startShop({ only: ['pricing'] });
    await expect(obtainToken({ user: 'ann', bff: 'web', issuer: other.urls.pricing })).rejects.toThrow(/is no OpenID provider$/);
    await other.close();
  });
});

describe('the login', () => {
  it('shows a page with every user when nobody or somebody unknown is named, and signs in who is chosen', async () => {
    for (const hint of [undefined, 'zed']) {
      const { response } = await login(issuer, { login_hint: hint });
      expect(response.headers.get('content-type')).toMatch(/^text\/html/);
    }
    const { response, jar } = await login(issuer, { login_hint: undefined });
    const page = await response.text();
    for (const user of ['ann', 'bob', 'eve']) expect(page).toContain(`value="${user}"`);
    const action = new URL(/action="([^"]+)"/.exec(page)?.[1] ?? '', issuer);
    const choose = (user: string) => fetch(action, { method: 'POST', redirect: 'manual', headers: { cookie: jar.header() }, body: new URLSearchParams({ user }) });
    expect((await choose('zed')).status).toBe(400);
    const chosen = await choose('bob');
    expect(chosen.status).toBe(303);
    const resumed = await fetch(chosen.headers.get('location') ?? '', { redirect: 'manual', headers: { cookie: jar.header() } });
    expect(resumed.headers.get('location')).toMatch(/^http:\/\/127\.0\.0\.1:55555\/callback\?code=/);
  });

  it('remembers the session and needs no second answer, also for another scope', async () => {
    const { jar } = await login(issuer, { scope: 'openid shop.read' });
    const again = await login(issuer, { login_hint: undefined, scope: 'openid shop.read shop.write shop.operate' }, 'mobile', jar);
    expect(readJwt((await redeem(issuer, again)).body.access_token ?? '').claims).toMatchObject({ sub: 'c-ann', scope: 'shop.read shop.write' });
  });

  it('OIDC-024 refuses to start without PKCE, with plain PKCE, with a foreign redirect and for a foreign audience', async () => {
    const error = async (changes: Record<string, string | undefined>) => (await login(issuer, changes)).location?.searchParams.get('error');
    expect(await error({ code_challenge: undefined, code_challenge_method: undefined })).toBe('invalid_request');
    expect(await error({ code_challenge_method: 'plain' })).toBe('invalid_request');
    expect(await error({ client_id: 'shop-mobile', resource: audiences.desktop })).toBe('invalid_target');
    expect((await login(issuer, { redirect_uri: 'https://evil.example/callback' })).response.status).toBe(400);
    expect((await login(issuer, { redirect_uri: 'http://127.0.0.1:55555/elsewhere' })).response.status).toBe(400);
  });

  it('sends the issuer along with the code', async () => {
    expect((await login(issuer)).location?.searchParams.get('iss')).toBe(issuer);
  });

  it('redirects the mobile app by its own scheme', async () => {
    const { location } = await login(issuer, { client_id: 'shop-mobile', redirect_uri: 'com.example.shop:/callback' });
    expect(location?.href).toMatch(/^com\.example\.shop:\/callback\?code=/);
  });

  it('answers an interaction that does not exist with 400', async () => {
    await request(issuer).get('/interaction/none').expect(400);
  });
});

describe('the token endpoint', () => {
  it('redeems a code once and only with its verifier', async () => {
    expect(await redeem(issuer, await login(issuer), { code_verifier: 'x'.repeat(43) })).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    const done = await login(issuer);
    expect((await redeem(issuer, done)).status).toBe(200);
    expect(await redeem(issuer, done)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('rotates refresh tokens, keeps the session id, and ends the family when an old one comes back', async () => {
    const { body: first } = await redeem(issuer, await login(issuer));
    const refresh = (token = '') => askToken(issuer, { grant_type: 'refresh_token', refresh_token: token });
    const { body: second } = await refresh(first.refresh_token);
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect(readJwt(second.access_token ?? '').claims).toMatchObject({ sub: 'c-ann', sid: readJwt(first.access_token ?? '').claims.sid, aud: audiences.mobile });
    expect(await refresh(first.refresh_token)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect(await refresh(second.refresh_token)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('takes the web client only with an assertion signed by its key', async () => {
    const web = { client_id: 'shop-web' };
    expect((await redeem(issuer, await login(issuer, web, 'web'), web)).body.error).toBe('invalid_client');
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const seconds = Math.floor(Date.now() / 1_000);
    const unsigned = `${part({ alg: 'RS256', kid: 'web-1' })}.${part({ iss: 'shop-web', sub: 'shop-web', aud: issuer, jti: randomUUID(), iat: seconds, exp: seconds + 60 })}`;
    const assertion = `${unsigned}.${sign('RSA-SHA256', Buffer.from(unsigned), webKeys.privateKey).toString('base64url')}`;
    const { body } = await redeem(issuer, await login(issuer, web, 'web'), { ...web, client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion: assertion });
    expect(readJwt(body.access_token ?? '').claims).toMatchObject({ client_id: 'shop-web', aud: audiences.web, sub: 'c-ann' });
  });
});

describe('the provider', () => {
  it('publishes discovery and an OpenAPI document', async () => {
    expect((await request(issuer).get('/.well-known/openid-configuration').expect(200)).body).toMatchObject({ issuer, jwks_uri: `${issuer}/jwks`, code_challenge_methods_supported: ['S256'] });
    expect(Object.keys((await request(issuer).get('/openapi.json').expect(200)).body.paths)).toEqual(expect.arrayContaining(['/token', '/.well-known/openid-configuration']));
  });

  it('publishes no private part of its key', async () => {
    const [key] = (await request(issuer).get('/jwks').expect(200)).body.keys;
    expect(Object.keys(key).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
  });

  it('takes another issuer by its settings', async () => {
    const named = await startShop({ only: ['identity'], identity: { issuer: 'http://identity.example:4000' } });
    expect((await request(named.urls.identity).get('/.well-known/openid-configuration')).body.issuer).toBe('http://identity.example:4000');
    await named.close();
  });

  it('ends a session and its refresh tokens at logout', async () => {
    const done = await login(issuer);
    const { body } = await redeem(issuer, done);
    const page = await (await fetch(`${issuer}/session/end?client_id=portico-cli`, { headers: { cookie: done.jar.header() } })).text();
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
    await fetch(`${issuer}/session/end/confirm`, { method: 'POST', redirect: 'manual', headers: { cookie: done.jar.header() }, body: new URLSearchParams({ xsrf, logout: 'yes' }) });
    expect((await askToken(issuer, { grant_type: 'refresh_token', refresh_token: body.refresh_token ?? '' })).body.error).toBe('invalid_grant');
  });

  it('has printed nothing in all of this', () => {
    expect(printed).toEqual([]);
  });
});
