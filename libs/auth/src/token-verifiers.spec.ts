import { validateSync } from 'class-validator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Caller, PorticoError, Resolve } from '@portico/core';
import { ManualClock, testContext } from '@portico/core/testing';
import { fetchJson, LittleIssuer, newKey, signToken } from '../test/little-issuer.js';
import { authenticate, issuerOf, IssuerOptions, TokenVerifier, TokenVerifiers, type TokenVerifierOptions } from './index.js';
import { unverifiedIssuer } from './unverified-issuer.js';

// The same key id with both issuers: whoever mixes up their keys is found out.
const ownKey = newKey('k');
const partnerKey = newKey('k');
let own: LittleIssuer;
let partner: LittleIssuer;
let clock: ManualClock;
let verifiers: TokenVerifiers;

beforeAll(async () => {
  own = await LittleIssuer.start(ownKey);
  partner = await LittleIssuer.start(partnerKey);
});
afterAll(async () => {
  await own.stop();
  await partner.stop();
});
beforeEach(() => {
  clock = new ManualClock();
  verifiers = make({});
});

type Members = Record<string, unknown>;
const make = (over: Partial<TokenVerifierOptions>): TokenVerifiers =>
  new TokenVerifiers({ issuer: own.url, audience: 'bff' }, { partner: { issuer: partner.url, audience: 'bff-for-partners', ...over } }, { clock, fetchJson });
const ownToken = (over: Members = {}, key = ownKey) => signToken(key, {}, { ...own.claims('bff', clock.epochMs()), ...over });
const partnerToken = (over: Members = {}, key = partnerKey, header: Members = {}) => signToken(key, header, { ...partner.claims('bff-for-partners', clock.epochMs()), ...over });
const verified = async (token: string): Promise<Caller> => verifiers.verify(token);
const refusal = async (token: string): Promise<PorticoError> => {
  try {
    await verifiers.verify(token);
  } catch (error) {
    return error as PorticoError;
  }
  throw new Error('The token was accepted');
};

describe('TokenVerifiers', () => {
  it('accept tokens of each issuer, and callers know whose they are', async () => {
    expect(issuerOf(await verified(ownToken()))).toBe('default');
    expect(issuerOf(await verified(partnerToken()))).toBe('partner');
    expect(verifiers.issuerNames).toEqual(['default', 'partner']);
  });

  it('keep equal subjects of different issuers apart by their keys, and leave the keys of the own issuer as they were', async () => {
    const [mine, theirs] = [await verified(ownToken()), await verified(partnerToken())];
    expect([mine.id, mine.clientId]).toEqual([theirs.id, theirs.clientId]);
    expect([mine.key, theirs.key]).toEqual(['user:10:mobile-app:alice', 'user@partner:10:mobile-app:alice']);
  });

  it('cannot be led to the key of another caller by a subject that looks like one', async () => {
    const theirs = await verified(partnerToken());
    const keys = [await verified(ownToken({ sub: theirs.key })), await verified(ownToken({ client_id: '@partner:10:mobile-app', sub: 'alice' }))].map(({ key }) => key);
    expect(keys).not.toContain(theirs.key);
  });

  const confusions: [string, () => string][] = [
    ['a token of the one issuer, signed by the other', () => ownToken({}, partnerKey)],
    ['a token of the other issuer, signed by the own one', () => partnerToken({}, ownKey)],
    ['a token that names the other issuer, with the audience of the own', () => ownToken({ iss: partner.url })],
    ['a token of the other issuer for the audience of the own', () => partnerToken({ aud: 'bff' })],
    ['an unknown issuer', () => ownToken({ iss: 'https://evil.example' })],
    ['the other issuer with a trailing slash', () => partnerToken({ iss: `${partner.url}/` })],
    ['the other issuer in another case', () => partnerToken({ iss: partner.url.toUpperCase() })],
    ['a list of issuers', () => partnerToken({ iss: [partner.url] })],
    ['an object that could be read as the issuer', () => partnerToken({ iss: { toString: partner.url } })],
    ['no issuer', () => partnerToken({ iss: null })],
    ['the name of the issuer instead of itself', () => partnerToken({ iss: 'partner' })],
    ['a prototype as issuer', () => partnerToken({ iss: '__proto__' })],
    ['an empty issuer', () => partnerToken({ iss: '' })],
    ['an issuer that stands there twice', () => twice(partnerToken())],
    ['a payload that is no JSON', () => 'e30.bm8.AA'],
    ['a payload that is null', () => 'e30.bnVsbA.AA'],
    ['no payload', () => 'e30..AA'],
    ['no dots', () => 'token'],
    ['an empty text', () => ''],
  ];
  it.each(confusions)('refuse %s', async (_name, forge) => {
    const error = await refusal(forge());
    expect(error).toMatchObject({ code: 'TOKEN_INVALID', detail: undefined, headers: { 'www-authenticate': 'Bearer error="invalid_token"' } });
  });

  it('ask no further issuer for keys because of an issuer that nobody knows', async () => {
    const before = partner.keyFetches;
    await refusal(ownToken({ iss: 'https://evil.example' }));
    expect(partner.keyFetches).toBe(before);
  });

  it('remember the tokens of each issuer: the same caller, without a promise', async () => {
    for (const token of [ownToken(), partnerToken()]) {
      const first = await verified(token);
      expect(verifiers.verify(token)).toBe(first);
    }
  });

  it('go on with the other issuers while one is down', async () => {
    const down = new TokenVerifiers({ issuer: own.url, audience: 'bff' }, { gone: { issuer: 'http://127.0.0.1:9', audience: 'bff' } }, { clock, fetchJson });
    verifiers = down;
    expect((await refusal(ownToken({ iss: 'http://127.0.0.1:9' }))).code).toBe('AUTHORITY_UNAVAILABLE');
    expect((await verified(ownToken())).id).toBe('alice');
  });

  it('purge and prefetch for all of them', async () => {
    await verifiers.prefetch();
    const [fetchesBefore, token] = [partner.keyFetches, partnerToken({ sid: 's-9' })];
    const kept = verifiers.verify(token);
    expect(kept).not.toBeInstanceOf(Promise);
    await verified(ownToken({ sid: 's-9' }));
    expect(partner.keyFetches).toBe(fetchesBefore);
    expect(verifiers.purge({ sid: 's-9' })).toBe(2);
    expect(verifiers.verify(token)).not.toBe(kept);
  });

  it.each(['default', '', 'a:b', 'a b', '1a', '__proto__'])('cannot give an issuer the name %j', (name) => {
    const others = JSON.parse(`{${JSON.stringify(name)}: {"issuer": "https://a.example", "audience": "a"}}`) as Record<string, TokenVerifierOptions>;
    expect(() => new TokenVerifiers({ issuer: own.url, audience: 'bff' }, others, { clock, fetchJson })).toThrow(TypeError);
  });

  it('cannot have one issuer under two names', () => {
    const a = { issuer: 'https://a.example', audience: 'a' };
    expect(() => make({ issuer: own.url })).toThrow('two names');
    expect(() => new TokenVerifiers({ issuer: own.url, audience: 'bff' }, { a, b: a }, { clock, fetchJson })).toThrow('two names');
  });

  it('stand where the authenticate policy asks for one verifier', async () => {
    const context = testContext({ headers: { authorization: `Bearer ${partnerToken()}` } });
    const resolve = ((token: unknown) => (expect(token).toBe(TokenVerifier), verifiers)) as unknown as Resolve;
    await authenticate().compile({ ...context.endpoint, kind: 'route' }, resolve)?.inbound?.(context);
    expect(issuerOf(context.caller)).toBe('partner');
  });
});

describe('A plain issuer', () => {
  beforeEach(() => (verifiers = make({ profile: 'plain' })));

  it.each<[string, Members, Members, Partial<Caller>]>([
    ['typ JWT', {}, { typ: 'JWT' }, { id: 'alice' }],
    ['no typ', {}, { typ: null }, { id: 'alice' }],
    ['neither jti nor iat', { jti: null, iat: null }, {}, { id: 'alice' }],
    ['the client in azp', { client_id: null, azp: 'spa' }, {}, { clientId: 'spa', key: 'user@partner:3:spa:alice' }],
    ['no client at all', { client_id: null }, {}, { kind: 'user', clientId: '' }],
    ['a client that acts for itself', { client_id: null, azp: 'job', sub: 'job' }, {}, { kind: 'client' }],
  ])('may send tokens with %s', async (_name, over, header, expected) => {
    expect(await verified(partnerToken(over, partnerKey, header))).toMatchObject(expected);
  });

  it.each<[string, Members, string[]]>([
    ['scope as a list', { scope: ['api.read', 'api.write'] }, ['api.read', 'api.write']],
    ['scope as a text', { scope: 'api.read openid' }, ['api.read', 'openid']],
    ['scp as a list', { scope: null, scp: ['a'] }, ['a']],
    ['scp as a text, unless there is a scope', { scope: 'a', scp: 'b' }, ['a']],
  ])('may give %s', async (_name, over, scopes) => {
    expect([...(await verified(partnerToken(over))).scopes]).toEqual(scopes);
  });

  const nowS = () => clock.epochMs() / 1_000;
  it.each<[string, () => string]>([
    ['typ logout+jwt', () => partnerToken({}, partnerKey, { typ: 'logout+jwt' })],
    ['a typ that is no text', () => partnerToken({}, partnerKey, { typ: 1 })],
    ['alg none', () => partnerToken({}, partnerKey, { alg: 'none' })],
    ['no exp', () => partnerToken({ exp: null })],
    ['no sub', () => partnerToken({ sub: null })],
    ['a scope of numbers', () => partnerToken({ scope: [1] })],
    ['an azp that is no text', () => partnerToken({ client_id: null, azp: {} })],
    ['no iat and a life beyond the maximum', () => partnerToken({ iat: null, exp: nowS() + 86_401 })],
    ['a bound token', () => partnerToken({ cnf: { jkt: 'x'.repeat(43) } })],
  ])('may not send tokens with %s', async (_name, forge) => {
    expect((await refusal(forge())).code).toBe('TOKEN_INVALID');
  });

  it('does not loosen what the own issuer must send', async () => {
    expect((await refusal(ownToken({ jti: null }))).code).toBe('TOKEN_INVALID');
    expect((await refusal(ownToken({ scope: ['a'] }))).code).toBe('TOKEN_INVALID');
    expect((await verified(ownToken({ scope: null, scp: 'admin', azp: 'x' }))).scopes.size).toBe(0);
  });
});

describe('The unverified issuer', () => {
  it('is not read from a token of huge size', () => {
    const payload = Buffer.from(JSON.stringify({ iss: 'https://a.example', pad: 'x'.repeat(20_000) })).toString('base64url');
    expect(unverifiedIssuer(`e30.${payload}.AA`)).toBeUndefined();
    expect(unverifiedIssuer(`e30.${Buffer.from('{"iss":"https://a.example"}').toString('base64url')}.AA`)).toBe('https://a.example');
  });
});

describe('IssuerOptions', () => {
  const given = (over: Partial<IssuerOptions>) => Object.assign(new IssuerOptions(), { issuer: 'https://idp.example', audience: 'bff' }, over);
  const faults = (over: Partial<IssuerOptions>) => validateSync(given(over)).map(({ property }) => property);

  it('are what a verifier takes', async () => {
    verifiers = new TokenVerifiers({ issuer: own.url, audience: 'bff' }, { partner: given({ issuer: partner.url, audience: 'bff-for-partners' }) }, { clock, fetchJson });
    expect((await verified(partnerToken())).id).toBe('alice');
  });

  it('take their defaults, and need issuer and audience', () => {
    expect(faults({})).toEqual([]);
    expect(validateSync(new IssuerOptions()).map(({ property }) => property)).toEqual(['issuer', 'audience']);
  });

  it.each<[keyof IssuerOptions, Partial<IssuerOptions>]>([
    ['issuer', { issuer: 'idp' }],
    ['jwksUri', { jwksUri: 'file:///etc/passwd' }],
    ['algorithms', { algorithms: ['HS256' as never] }],
    ['algorithms', { algorithms: ['none' as never] }],
    ['clockToleranceS', { clockToleranceS: -1 }],
    ['profile', { profile: 'any' as never }],
  ])('refuse a %s that cannot be', (property, over) => {
    expect(faults(over)).toEqual([property]);
  });
});

function twice(token: string): string {
  const [header, payload = '', signature] = token.split('.');
  const text = Buffer.from(payload, 'base64url').toString();
  return `${header}.${Buffer.from(`{"iss":"${own.url}",${text.slice(1)}`).toString('base64url')}.${signature}`;
}
