import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PorticoError } from '@portico/core';
import { ManualClock } from '@portico/core/testing';
import { fetchJson, LittleIssuer, newKey, signToken } from '../../test/little-issuer.js';
import { MemoryReplayStore } from '../dpop/memory-replay-store.js';
import { LogoutTokenVerifier, type LogoutTokenVerifierDeps, type LogoutTokenVerifierOptions } from './logout-token-verifier.js';

type Members = Record<string, unknown>;

const key = newKey('idp-1');
const evil = newKey('idp-1');
const event = 'http://schemas.openid.net/event/backchannel-logout';

let issuer: LittleIssuer;
let clock: ManualClock;
let verifier: LogoutTokenVerifier;
let ids = 0;

beforeAll(async () => (issuer = await LittleIssuer.start(key)));
afterAll(() => issuer.stop());
beforeEach(() => {
  clock = new ManualClock();
  verifier = make();
});

const make = (options: Partial<LogoutTokenVerifierOptions> = {}, deps: Partial<LogoutTokenVerifierDeps> = {}) =>
  new LogoutTokenVerifier({ issuer: issuer.url, clientIds: ['web', 'mobile'], ...options }, { clock, fetchJson, replays: new MemoryReplayStore({ clock }), ...deps });
const nowS = () => clock.epochMs() / 1_000;
const logout = (over: Members = {}, header: Members = {}, signer = key) =>
  signToken(signer, { typ: 'logout+jwt', ...header }, { iss: issuer.url, aud: 'web', iat: nowS(), exp: nowS() + 120, jti: `l-${++ids}`, sub: 'alice', sid: 's-1', events: { [event]: {} }, ...over });
const refusal = (token: unknown): Promise<PorticoError> =>
  verifier.verify(token).then(
    () => Promise.reject(new Error('The token was accepted')),
    (error: PorticoError) => error,
  );

describe('LogoutTokenVerifier', () => {
  it.each<[string, Members, object]>([
    ['BCL-001 a good one, with sub and sid', {}, { sub: 'alice', sid: 's-1' }],
    ['one with sid alone', { sub: null }, { sid: 's-1' }],
    ['one with sub alone', { sid: null }, { sub: 'alice' }],
    ['one for another client of this gateway', { aud: 'mobile' }, { sid: 's-1' }],
    ['one for several clients', { aud: ['other', 'web'] }, { sid: 's-1' }],
    ['one without exp', { exp: null }, { sid: 's-1' }],
    ['one of two minutes ago', { iat: Date.UTC(2026, 0, 1) / 1_000 - 120 }, { sid: 's-1' }],
  ])('takes %s', async (_name, over, expected) => {
    expect(await verifier.verify(logout(over))).toMatchObject(expected);
  });

  it.each<[string, () => unknown]>([
    ['BCL-003 a nonce', () => logout({ nonce: 'n' })],
    ['BCL-003 a nonce that is nothing', () => `${logout({ nonce: false })}`],
    ['BCL-005 events that are a text', () => logout({ events: 'x' })],
    ['events that are a list', () => logout({ events: [event] })],
    ['no events', () => logout({ events: null })],
    ['another event', () => logout({ events: { 'urn:other': {} } })],
    ['an event that is a text', () => logout({ events: { [event]: 'x' } })],
    ['BCL-007 another audience', () => logout({ aud: 'other' })],
    ['no audience', () => logout({ aud: null })],
    ['another issuer', () => logout({ iss: 'https://evil.example' })],
    ['an issuer with a trailing slash', () => logout({ iss: `${issuer.url}/` })],
    ['BCL-009 an iat of one hour ago', () => logout({ iat: nowS() - 3_600 })],
    ['an iat of 121 s ago', () => logout({ iat: nowS() - 121 })],
    ['an iat in the future', () => logout({ iat: nowS() + 6 })],
    ['an iat that is a text', () => logout({ iat: String(nowS()) })],
    ['no iat', () => logout({ iat: null })],
    ['an exp that is over', () => logout({ exp: nowS() - 5 })],
    ['an exp that is a text', () => logout({ exp: '9999999999' })],
    ['no jti', () => logout({ jti: null })],
    ['neither sub nor sid', () => logout({ sub: null, sid: null })],
    ['a sid that is a number', () => logout({ sid: 1 })],
    ['an empty sub', () => logout({ sub: '' })],
    ['BCL-011 alg none', () => logout({}, { alg: 'none' })],
    ['HS256 with the published key', () => logout({}, { alg: 'HS256' })],
    ['another alg than that of the key', () => logout({}, { alg: 'PS256' })],
    ['the key of a forger', () => logout({}, {}, evil)],
    ['an unknown kid', () => logout({}, { kid: 'unknown' })],
    ['the key in jwk', () => logout({}, { jwk: evil.publicKey.export({ format: 'jwk' }) }, evil)],
    ['crit', () => logout({}, { crit: ['exp'] })],
    ['typ at+jwt', () => logout({}, { typ: 'at+jwt' })],
    ['typ JWT', () => logout({}, { typ: 'JWT' })],
    ['no typ', () => logout({}, { typ: null })],
    ['two tokens', () => [logout(), logout()]],
    ['no token', () => undefined],
    ['an empty token', () => ''],
    ['something else', () => 'x.y.z'],
  ])('refuses %s, without the reason', async (_name, forge) => {
    expect(await refusal(forge())).toMatchObject({ code: 'REQUEST_INVALID', status: 400, detail: 'The logout token is not accepted.', faults: undefined, headers: { 'cache-control': 'no-store' } });
  });

  it('BCL-013 takes a token once', async () => {
    const token = logout();
    await verifier.verify(token);
    expect(await refusal(token)).toMatchObject({ code: 'REQUEST_INVALID', headers: { 'cache-control': 'no-store' } });
    await clock.advance(119_000);
    expect((await refusal(token)).code).toBe('REQUEST_INVALID');
  });

  it('leaves the id of a bad token unused', async () => {
    await refusal(logout({ jti: 'mine' }, {}, evil));
    expect(await verifier.verify(logout({ jti: 'mine' }))).toMatchObject({ sid: 's-1' });
  });

  it('takes tokens without typ where that is allowed, and no other typ even then', async () => {
    verifier = make({ requireTyp: false });
    expect(await verifier.verify(logout({}, { typ: null }))).toMatchObject({ sid: 's-1' });
    for (const typ of ['JWT', 'at+jwt', 1]) expect((await refusal(logout({}, { typ }))).code).toBe('REQUEST_INVALID');
  });

  it('takes older tokens where that is configured', async () => {
    verifier = make({ maxAgeS: 600 });
    expect(await verifier.verify(logout({ iat: nowS() - 600 }))).toMatchObject({ sid: 's-1' });
  });

  it('says that it cannot tell now, when there are no keys or used ones are not known', async () => {
    const full = { claim: () => Promise.reject(new Error('ECONNREFUSED')) };
    for (const one of [make({ jwksUri: 'http://127.0.0.1:9/keys' }), make({}, { replays: full })]) {
      verifier = one;
      expect(await refusal(logout())).toMatchObject({ code: 'AUTHORITY_UNAVAILABLE', status: 503, headers: { 'cache-control': 'no-store', 'retry-after': '1' } });
    }
  });
});
