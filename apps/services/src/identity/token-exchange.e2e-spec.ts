import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ClientKey } from '../../test/client-key.js';
import { isSigned, readJwt } from '../../test/jwt.js';
import { askToken, login, redeem, signOut } from '../../test/login.js';
import { ProofKey } from '../../test/proof-key.js';
import { serviceNames } from '../service-catalogue.js';
import { startShop, type RunningShop } from '../start-shop.js';
import { obtainToken } from './obtain-token.js';
import { serviceAudience } from './service-audience.js';
import { signJwt } from './sign-jwt.js';
import { accessTokenType, tokenExchangeGrant } from './token-grant.js';

const key = new ClientKey();
const secret = 'a secret of more than 32 characters';
const basic = { authorization: `Basic ${Buffer.from(`mobile-bff:${encodeURIComponent(secret)}`).toString('base64')}` };
const catalog = serviceAudience('catalog');
let shop: RunningShop;
let issuer: string;
beforeAll(async () => {
  shop = await startShop({ only: ['identity'], identity: { serviceClients: { web: key.settings, mobile: { secret } } } });
  issuer = shop.urls.identity;
});
afterAll(() => shop.close());

const token = (changes: object = {}) => obtainToken({ user: 'ann', bff: 'web', issuer, ...changes });
const subject = (subjectToken: string) => ({ grant_type: tokenExchangeGrant, subject_token: subjectToken, subject_token_type: accessTokenType, audience: catalog });
const exchange = async (changes: Record<string, string> = {}) => askToken(issuer, { ...subject(changes.subject_token ?? (await token())), ...key.proof('web-bff', issuer), ...changes });

describe('token exchange', () => {
  it('gives a short token for one service that says who acts for whom, with no more than the scope it came from', async () => {
    const from = await token();
    const { status, body } = await exchange({ subject_token: from });
    expect(status).toBe(200);
    expect(body).toEqual({ access_token: expect.any(String), issued_token_type: accessTokenType, token_type: 'Bearer', expires_in: 300, scope: 'shop.read shop.write' });
    const { header, claims } = readJwt(body.access_token ?? '');
    expect(header).toMatchObject({ alg: 'RS256', typ: 'at+jwt' });
    expect(claims).toEqual({
      iss: issuer,
      aud: catalog,
      sub: 'c-ann',
      client_id: 'web-bff',
      act: { sub: 'web-bff' },
      scope: 'shop.read shop.write',
      sid: readJwt(from).claims.sid,
      jti: expect.any(String),
      iat: expect.any(Number),
      exp: (claims.iat as number) + 300,
    });
    expect(await isSigned(body.access_token ?? '', issuer)).toBe(true);
  });

  it.each(serviceNames.filter((name) => name !== 'identity'))('reaches the %s service by its audience, as audience or as resource', async (name) => {
    const target = serviceAudience(name);
    const from = await token();
    expect(readJwt((await exchange({ subject_token: from, audience: target })).body.access_token ?? '').claims.aud).toBe(target);
    const { audience: _other, ...form } = subject(from);
    expect(readJwt((await askToken(issuer, { ...form, ...key.proof('web-bff', issuer), resource: target })).body.access_token ?? '').claims.aud).toBe(target);
  });

  it('narrows the scope and never widens it', async () => {
    expect((await exchange({ scope: 'shop.read' })).body.scope).toBe('shop.read');
    expect(await exchange({ scope: 'shop.read shop.operate' })).toMatchObject({ status: 400, body: { error: 'invalid_scope', scope: 'shop.operate' } });
    const narrow = await token({ scope: 'openid shop.read' });
    expect((await exchange({ subject_token: narrow })).body.scope).toBe('shop.read');
    expect((await exchange({ subject_token: narrow, scope: 'shop.write' })).body.error).toBe('invalid_scope');
    expect((await exchange({ subject_token: await token({ user: 'eve' }), scope: 'shop.operate' })).body.scope).toBe('shop.operate');
  });

  it.each([
    ['an unknown target', { audience: 'https://payroll.portico.example' }],
    ['a BFF as target', { audience: 'https://desktop.portico.example' }],
    ['two different targets', { resource: serviceAudience('basket') }],
    ['no target', { audience: '' }],
  ])('refuses %s', async (_what, change) => {
    expect(await exchange(change)).toMatchObject({ status: 400, body: { error: 'invalid_target' } });
  });

  it('takes valid access tokens of its own BFF only', async () => {
    const good = await token();
    const { claims } = readJwt(good);
    const forged = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const own = shop.identity.keys.current;
    const { body: tokens } = await redeem(issuer, await login(issuer, {}, 'web'));
    const wrong = {
      'no token': 'x',
      'a token for another BFF': await token({ bff: 'mobile' }),
      'a token for a service': (await exchange()).body.access_token ?? '',
      'an ID token': tokens.id_token ?? '',
      'a refresh token': tokens.refresh_token ?? '',
      'a token by another key': signJwt({ alg: 'RS256', typ: 'at+jwt', kid: own.kid }, claims, forged),
      'an expired token': signJwt({ alg: 'RS256', typ: 'at+jwt', kid: own.kid }, { ...claims, exp: (claims.iat as number) - 60 }, own.privateKey),
      'a token that was never issued': signJwt({ alg: 'RS256', typ: 'at+jwt', kid: own.kid }, { ...claims, jti: 'made-up' }, own.privateKey),
    };
    for (const [what, subjectToken] of Object.entries(wrong)) expect(await exchange({ subject_token: subjectToken }), what).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
    expect(await exchange({ subject_token: good, subject_token_type: 'urn:ietf:params:oauth:token-type:id_token' })).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
    expect((await exchange({ subject_token: good })).status).toBe(200);
  });

  it('takes a bound token, whose proof the BFF has seen', async () => {
    const { body } = await redeem(issuer, await login(issuer, {}, 'web'), {}, new ProofKey().proof(`${issuer}/token`));
    const { claims } = readJwt((await exchange({ subject_token: body.access_token ?? '' })).body.access_token ?? '');
    expect(claims).toMatchObject({ sub: 'c-ann', aud: catalog });
    expect(claims.cnf).toBeUndefined();
  });

  it('ends with the session', async () => {
    const done = await login(issuer, {}, 'web');
    const { body } = await redeem(issuer, done);
    const from = { subject_token: body.access_token ?? '' };
    expect((await exchange(from)).status).toBe(200);
    await signOut(issuer, done.jar);
    expect(await exchange(from)).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
  });

  it('lives no longer than the token it comes from', async () => {
    shop.identity.patchFaults({ accessTokenSeconds: 60 });
    expect(Number((await exchange()).body.expires_in)).toBeLessThanOrEqual(60);
    shop.identity.clearFaults();
  });

  it('is for the BFFs’ own clients only, by key or by secret', async () => {
    const mobile = await token({ bff: 'mobile' });
    expect((await askToken(issuer, { ...subject(mobile), client_id: 'mobile-bff' }, basic)).status).toBe(200);
    expect(await askToken(issuer, { ...subject(mobile), client_id: 'mobile-bff', client_secret: 'wrong' })).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    expect(await askToken(issuer, { ...subject(mobile), client_id: 'web-bff' })).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    expect(await askToken(issuer, { ...subject(mobile), client_id: 'desktop-bff' })).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    expect(await askToken(issuer, subject(await token()))).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
  });
});

describe('client credentials', () => {
  const ask = (form: Record<string, string>) => askToken(issuer, { grant_type: 'client_credentials', ...key.proof('web-bff', issuer), ...form });

  it('give a short token for one service that belongs to nobody but the client', async () => {
    const { body } = await ask({ resource: catalog, scope: 'shop.read' });
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 300, scope: 'shop.read' });
    const { header, claims } = readJwt(body.access_token ?? '');
    expect(header).toMatchObject({ typ: 'at+jwt' });
    expect(claims).toEqual({ iss: issuer, aud: catalog, sub: 'web-bff', client_id: 'web-bff', scope: 'shop.read', jti: expect.any(String), iat: expect.any(Number), exp: (claims.iat as number) + 300 });
  });

  it('are refused for too much scope, for an unknown target and without a target', async () => {
    expect(await ask({ resource: catalog, scope: 'shop.operate' })).toMatchObject({ status: 400, body: { error: 'invalid_scope' } });
    expect(await ask({ resource: 'https://web.portico.example' })).toMatchObject({ status: 400, body: { error: 'invalid_target' } });
    expect(await ask({})).toMatchObject({ status: 400, body: { error: 'invalid_target' } });
  });

  it('are not for clients of users, nor do BFF clients sign users in', async () => {
    expect((await askToken(issuer, { grant_type: 'client_credentials', resource: catalog })).status).toBe(400);
    expect((await login(issuer, { client_id: 'web-bff' })).response.status).toBe(400);
  });
});
