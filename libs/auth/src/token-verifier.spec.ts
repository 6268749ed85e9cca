import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Caller, PorticoError } from '@portico/core';
import { ManualClock } from '@portico/core/testing';
import { fetchJson, LittleIssuer, newKey, signToken } from '../test/little-issuer.js';
import { TokenVerifier } from './token-verifier.js';

const audience = 'mobile-bff';
const rsa = newKey('rsa-1');
const pss = newKey('pss-1', 'PS256');
const ec = newKey('ec-1', 'ES256');
const evil = newKey('rsa-1');

let issuer: LittleIssuer;
let clock: ManualClock;
let verifier: TokenVerifier;

beforeAll(async () => (issuer = await LittleIssuer.start(rsa, pss, ec)));
afterAll(() => issuer.stop());
beforeEach(() => {
  clock = new ManualClock();
  verifier = new TokenVerifier({ issuer: issuer.url, audience, jwksUri: issuer.jwksUri }, { clock, fetchJson });
});

type Members = Record<string, unknown>;
const claims = (over: Members = {}): Members => ({ ...issuer.claims(audience, clock.epochMs()), ...over });
const token = (over: Members = {}, header: Members = {}, key = rsa) => signToken(key, header, claims(over));
const refusal = async (text: string): Promise<PorticoError> => {
  try {
    await verifier.verify(text);
  } catch (error) {
    return error as PorticoError;
  }
  throw new Error('The token was accepted');
};

describe('TokenVerifier accepts', () => {
  it.each([
    ['RS256', rsa],
    ['PS256', pss],
    ['ES256', ec],
  ])('a token signed with %s', async (_alg, key) => {
    const caller = await verifier.verify(token({}, {}, key));
    expect(caller).toMatchObject({ kind: 'user', id: 'alice', clientId: 'mobile-app' });
    expect([...caller.scopes]).toEqual(['shop.read', 'shop.write']);
  });

  it('the long form of the type, in any case', async () => {
    expect(await verifier.verify(token({}, { typ: 'application/AT+JWT' }))).toMatchObject({ id: 'alice' });
  });

  it('an audience among several, and no scope at all', async () => {
    const caller = await verifier.verify(token({ aud: ['other', audience], scope: null }));
    expect(caller.scopes.size).toBe(0);
  });

  it('a token that expired within the clock tolerance, and none beyond it', async () => {
    const nowS = clock.epochMs() / 1_000;
    expect(await verifier.verify(token({ exp: nowS - 3 }))).toMatchObject({ id: 'alice' });
    expect((await refusal(token({ exp: nowS - 5 }))).code).toBe('TOKEN_INVALID');
  });

  it('a client application, told apart from a user of the same id', async () => {
    const client = await verifier.verify(token({ sub: 'svc', client_id: 'svc' }));
    const user = await verifier.verify(token({ sub: 'svc', client_id: 'app' }));
    expect([client.kind, user.kind]).toEqual(['client', 'user']);
    expect(client.key).not.toBe(user.key);
  });
});

describe('TokenVerifier refuses', () => {
  const nowS = () => clock.epochMs() / 1_000;
  const cases: [string, () => string][] = [
    ['a token without exp', () => token({ exp: null })],
    ['an iat in the future', () => token({ iat: nowS() + 6, exp: nowS() + 100 })],
    ['an unknown crit', () => token({}, { crit: ['b64'], b64: false })],
    ['typ JWT', () => token({}, { typ: 'JWT' })],
    ['typ logout+jwt', () => token({}, { typ: 'logout+jwt' })],
    ['a token without sub', () => token({ sub: null })],
    ['a DPoP-bound token as Bearer', () => token({ cnf: { jkt: 'x'.repeat(43) } })],
    ['a token bound to a certificate', () => token({ cnf: { 'x5t#S256': 'x' } })],
    ['no typ', () => token({}, { typ: null })],
    ['alg none', () => token({}, { alg: 'none' })],
    ['alg NONE', () => token({}, { alg: 'NONE' })],
    ['HS256 with the public key as secret', () => token({}, { alg: 'HS256' })],
    ['another algorithm than that of the key', () => token({}, { alg: 'PS256' })],
    ['a key of the forger under a known id', () => token({}, {}, evil)],
    ['a changed payload', () => tamper(token())],
    ['jwk', () => token({}, { jwk: evil.publicKey.export({ format: 'jwk' }) })],
    ['jku', () => token({}, { jku: issuer.jwksUri })],
    ['x5u', () => token({}, { x5u: 'https://evil.example/c.pem' })],
    ['x5c', () => token({}, { x5c: ['AA=='] })],
    ['a missing kid', () => token({}, { kid: null })],
    ['a kid that is no text', () => token({}, { kid: 1 })],
    ['a kid of 129 characters', () => token({}, { kid: 'k'.repeat(129) })],
    ['an unknown kid', () => token({}, { kid: '../../dev/null' })],
    ['another audience', () => token({ aud: 'desktop-bff' })],
    ['an audience that begins like ours', () => token({ aud: `${audience}/x` })],
    ['another issuer', () => token({ iss: 'https://evil.example' })],
    ['the issuer with a trailing slash', () => token({ iss: `${issuer.url}/` })],
    ['an expired token', () => token({ iat: nowS() - 700, exp: nowS() - 60 })],
    ['an exp that is a text', () => token({ exp: '9999999999' })],
    ['an iat that is missing', () => token({ iat: null })],
    ['a life beyond the maximum', () => token({ exp: nowS() + 86_401 })],
    ['a token that is not valid yet', () => token({ nbf: nowS() + 60 })],
    ['an nbf that is a text', () => token({ nbf: '0' })],
    ['a token without client_id', () => token({ client_id: null })],
    ['a token without jti', () => token({ jti: null })],
    ['a sub that is a number', () => token({ sub: 7 })],
    ['a scope that is a list', () => token({ scope: ['admin'] })],
    ['base64 padding', () => `${token()}=`],
    ['two parts', () => token().split('.').slice(0, 2).join('.')],
    ['five parts, as encryption has', () => `${token()}.a.b`],
    ['an empty text', () => ''],
    ['a header that is no JSON', () => `${Buffer.from('no').toString('base64url')}.e30.AA`],
    ['a header that is a list', () => `${Buffer.from('[]').toString('base64url')}.e30.AA`],
    ['a payload that is a list', () => signToken(rsa, {}, [] as unknown as Members)],
  ];

  it.each(cases)('%s, with a challenge and without the reason', async (_name, forge) => {
    const error = await refusal(forge());
    expect(error).toMatchObject({ code: 'TOKEN_INVALID', status: 401, detail: undefined });
    expect(error.headers).toEqual({ 'www-authenticate': 'Bearer error="invalid_token"' });
  });
});

describe('TokenVerifier remembers', () => {
  it('a verified token: the same frozen caller, without a promise', async () => {
    const text = token({ address: { city: 'Graz' } });
    const first = await verifier.verify(text);
    expect(verifier.verify(text)).toBe(first);
    expect(Object.isFrozen(first) && Object.isFrozen(first.claims) && Object.isFrozen(first.claims['address'])).toBe(true);
    expect(() => (first.scopes as Set<string>).add('admin')).toThrow(TypeError);
  });

  it('nothing beyond the expiry of the token', async () => {
    const text = token();
    await verifier.verify(text);
    await clock.advance(605_000);
    expect((await refusal(text)).code).toBe('TOKEN_INVALID');
  });

  it('only as many as configured, the most recently used ones', async () => {
    verifier = new TokenVerifier({ issuer: issuer.url, audience, jwksUri: issuer.jwksUri, cacheEntries: 2 }, { clock, fetchJson });
    const [a, b, c] = [token(), token(), token()] as const;
    const callerA = await verifier.verify(a);
    const callerB = await verifier.verify(b);
    verifier.verify(a);
    await verifier.verify(c);
    expect(verifier.verify(a)).toBe(callerA);
    expect(verifier.verify(b)).not.toBe(callerB);
  });

  it('no token of a purged session or id', async () => {
    const [one, two, other] = [token({ sid: 's-9' }), token({ jti: 'j-9' }), token()] as const;
    const kept = [await verifier.verify(one), await verifier.verify(two), await verifier.verify(other)];
    expect(verifier.purge({ sid: 's-9' })).toBe(1);
    expect(verifier.purge({ jti: 'j-9' })).toBe(1);
    expect(verifier.verify(one)).not.toBe(kept[0]);
    expect(verifier.verify(two)).not.toBe(kept[1]);
    expect(verifier.verify(other)).toBe(kept[2]);
  });

  it('no token for another audience', async () => {
    const desktop = new TokenVerifier({ issuer: issuer.url, audience: 'desktop-bff', jwksUri: issuer.jwksUri }, { clock, fetchJson });
    const text = token();
    await verifier.verify(text);
    await expect(Promise.resolve().then(() => desktop.verify(text))).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
  });

  it('a key per caller that ids with colons cannot forge', async () => {
    const keyOf = async (over: Members) => ((await verifier.verify(token(over))) as Caller).key;
    expect(await keyOf({ client_id: 'a:b', sub: 'c' })).not.toBe(await keyOf({ client_id: 'a', sub: 'b:c' }));
  });
});

function tamper(text: string): string {
  const [header, payload, signature] = text.split('.') as [string, string, string];
  const changed = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), sub: 'admin' };
  return `${header}.${Buffer.from(JSON.stringify(changed)).toString('base64url')}.${signature}`;
}
