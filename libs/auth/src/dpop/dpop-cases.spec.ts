import { createHash } from 'node:crypto';
import { validateSync } from 'class-validator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RequestFacts } from '@portico/core';
import { ManualClock } from '@portico/core/testing';
import { BearerBff, type Answered, type BearerBffOptions } from '../../test/bearer-bff.js';
import { LittleIssuer, newKey, signToken } from '../../test/little-issuer.js';
import { ProofMaker, type ProofChanges } from '../../test/proof-maker.js';
import { MemoryRevocations } from '../index.js';
import { DpopOptions } from './dpop.options.js';

type Members = Record<string, unknown>;

const key = newKey('idp-1');
const htu = 'https://bff.example/orders';
const algs = 'algs="ES256 EdDSA Ed25519 PS256 RS256"';
const badProof = { status: 401, challenge: `DPoP error="invalid_dpop_proof", ${algs}`, error: { code: 'TOKEN_INVALID', detail: undefined } };
const badToken = { status: 401, challenge: `DPoP error="invalid_token", ${algs}`, error: { code: 'TOKEN_INVALID' } };

let issuer: LittleIssuer;
let clock: ManualClock;
let bff: BearerBff;
let k1: ProofMaker;

beforeAll(async () => (issuer = await LittleIssuer.start(key)));
afterAll(() => issuer.stop());
beforeEach(() => {
  clock = new ManualClock();
  bff = make();
  k1 = new ProofMaker(clock);
});

const make = (options: Partial<BearerBffOptions> = {}) => new BearerBff({ issuer, clock, ...options });
const nowS = () => clock.epochMs() / 1_000;
const token = (over: Members = {}) => signToken(key, {}, { ...issuer.claims('bff', clock.epochMs()), ...over });
const boundTo = (client: ProofMaker, over: Members = {}) => token({ cnf: { jkt: client.jkt }, ...over });
const sha256 = (text: string) => createHash('sha256').update(text).digest('base64url');
/** Asks with a bound token and a proof that differs from a good one. */
const prove = (changes: ProofChanges = {}, facts: Partial<RequestFacts> = {}, client = k1): Promise<Answered> => {
  const text = boundTo(client);
  return bff.bound(text, client, client.proof(text, 'GET', htu, changes), facts);
};

describe('A bound token', () => {
  it('is served with a good proof of its key', async () => {
    expect(await prove()).toMatchObject({ status: 200, caller: { id: 'alice', claims: { cnf: { jkt: k1.jkt } } } });
  });

  it('DPOP-002 sent as Bearer is refused, with its proof and without, remembered or not', async () => {
    const text = boundTo(k1);
    expect(await bff.ask({ authorization: `Bearer ${text}`, dpop: k1.proof(text, 'GET', htu) })).toMatchObject(badToken);
    expect((await bff.bound(text, k1)).status).toBe(200);
    expect(await bff.bearer(text)).toMatchObject(badToken);
    expect((await bff.bound(text, k1)).status).toBe(200);
  });

  it('DPOP-004 with two proofs is refused, as Node joins them or as a list', async () => {
    const text = boundTo(k1);
    const [one, two] = [k1.proof(text, 'GET', htu), k1.proof(text, 'GET', htu)];
    for (const dpop of [`${one}, ${two}`, `${one}, ${one}`, [one, two]]) expect(await bff.ask({ authorization: `DPoP ${text}`, dpop })).toMatchObject(badProof);
  });

  const refused: [string, () => ProofChanges][] = [
    ['DPOP-006 for another method', () => ({ claims: { htm: 'POST' } })],
    ['for the method in lower case', () => ({ claims: { htm: 'get' } })],
    ['DPOP-008 for another host', () => ({ claims: { htu: 'https://evil.example/orders' } })],
    ['for another path', () => ({ claims: { htu: 'https://bff.example/orders/1' } })],
    ['for another port', () => ({ claims: { htu: 'https://bff.example:8443/orders' } })],
    ['for a host behind a name', () => ({ claims: { htu: 'https://bff.example@evil.example/orders' } })],
    ['for our host with a user', () => ({ claims: { htu: 'https://alice@bff.example/orders' } })],
    ['for a path alone', () => ({ claims: { htu: '/orders' } })],
    ['for no address', () => ({ claims: { htu: null } })],
    ['for a list of addresses', () => ({ claims: { htu: [htu] } })],
    ['DPOP-010 for another token', () => ({ claims: { ath: sha256('other') } })],
    ['without ath', () => ({ claims: { ath: null } })],
    ['DPOP-012 made 10 minutes ahead', () => ({ claims: { iat: nowS() + 600 } })],
    ['made 6 s ahead', () => ({ claims: { iat: nowS() + 6 } })],
    ['made 61 s ago', () => ({ claims: { iat: nowS() - 61 } })],
    ['without iat', () => ({ claims: { iat: null } })],
    ['whose iat is a text', () => ({ claims: { iat: String(nowS()) } })],
    ['DPOP-014 of typ jwt', () => ({ header: { typ: 'jwt' } })],
    ['without typ', () => ({ header: { typ: null } })],
    ['DPOP-016 that shows the private key', () => ({ header: { jwk: k1.privateKey.export({ format: 'jwk' }) } })],
    ['without jti', () => ({ claims: { jti: null } })],
    ['whose jti is empty', () => ({ claims: { jti: '' } })],
    ['whose jti is huge', () => ({ claims: { jti: 'j'.repeat(257) } })],
    ['without a key', () => ({ header: { jwk: null } })],
    ['whose key is a text', () => ({ header: { jwk: 'k1' } })],
    ['whose key is symmetric', () => ({ header: { jwk: { kty: 'oct', k: 'AAAA' } } })],
    ['whose key lacks a part', () => ({ header: { jwk: { ...k1.jwk, y: undefined } } })],
    ['whose type of key is inherited', () => ({ header: { jwk: { ...k1.jwk, kty: 'constructor' } } })],
    ['whose key is meant for encryption', () => ({ header: { jwk: { ...k1.jwk, use: 'enc' } } })],
    ['whose key is meant for another alg', () => ({ header: { jwk: { ...k1.jwk, alg: 'ES384' } } })],
    ['with another key in jwk', () => ({ header: { jwk: new ProofMaker(clock).jwk } })],
    ['with a kid', () => ({ header: { kid: 'idp-1' } })],
    ['with x5c', () => ({ header: { x5c: ['AA=='] } })],
    ['with jku', () => ({ header: { jku: issuer.jwksUri } })],
    ['with crit', () => ({ header: { crit: ['exp'] } })],
    ['with alg none', () => ({ header: { alg: 'none' } })],
    ['with alg HS256', () => ({ header: { alg: 'HS256' } })],
    ['with an alg that does not fit the key', () => ({ header: { alg: 'RS256' } })],
    ['with an alg that is not on the list', () => ({ header: { alg: 'ES384' } })],
  ];
  it.each(refused)('with a proof %s is refused, without the reason', async (_name, changes) => {
    expect(await prove(changes())).toMatchObject({ ...badProof, caller: { kind: 'anonymous' } });
    // A key that is remembered from a good proof changes nothing.
    expect((await prove()).status).toBe(200);
    expect(await prove(changes())).toMatchObject(badProof);
  });

  it.each([undefined, '', 'x', 'x.y.z', 'e30.e30.AA', 'a'.repeat(9_000)])('with %j for a proof is refused', async (dpop) => {
    expect(await bff.ask({ authorization: `DPoP ${boundTo(k1)}`, dpop })).toMatchObject(badProof);
  });

  it('with the proof of another client is refused, also under the key of its own', async () => {
    const [text, thief] = [boundTo(k1), new ProofMaker(clock)];
    expect(await bff.bound(text, thief)).toMatchObject(badProof);
    expect(await bff.bound(text, thief, thief.proof(text, 'GET', htu, { header: { jwk: k1.jwk } }))).toMatchObject(badProof);
  });

  it('with a proof that was changed after it was signed is refused', async () => {
    const text = boundTo(k1);
    const [header, , signature] = k1.proof(text, 'GET', 'https://bff.example/').split('.');
    const [, payload] = k1.proof(text, 'GET', htu).split('.');
    expect(await bff.bound(text, k1, `${header}.${payload}.${signature}`)).toMatchObject(badProof);
  });

  it('DPOP-018 with a proof without the query of the request is served, and with one', async () => {
    expect((await prove({}, { url: '/orders?a=1' })).status).toBe(200);
    expect((await prove({ claims: { htu: `${htu}?b=2#c` } }, { url: '/orders?a=1' })).status).toBe(200);
  });

  it.each([
    ['HTTPS://BFF.example:443/orders', '/orders'],
    ['http://bff.example:80/orders', '/orders'],
    ['https://bff.example/a/../orders', '/orders'],
    ['https://bff.example/or%64ers/%c3%a4', '/orders/%C3%A4'],
  ])('with %s for %s is served: it means the same', async (named, url) => {
    expect((await prove({ claims: { htu: named } }, { url })).status).toBe(200);
  });

  it.each(['/x/../admin', '//evil.example/orders', 'https://bff.example/orders', '*'])('with a proof for /orders is refused at the target %s', async (url) => {
    expect(await prove({}, { url })).toMatchObject(badProof);
  });

  it('with a proof that was used is refused for as long as it could be used, for this client alone', async () => {
    const [text, other] = [boundTo(k1), new ProofMaker(clock)];
    const proof = k1.proof(text, 'GET', htu, { claims: { jti: 'j-1', iat: nowS() + 5 } });
    expect((await bff.bound(text, k1, proof)).status).toBe(200);
    expect(await bff.bound(text, k1, proof)).toMatchObject(badProof);
    await clock.advance(65_000);
    expect(await bff.bound(text, k1, proof)).toMatchObject(badProof);
    const theirs = boundTo(other);
    expect((await bff.bound(theirs, other, other.proof(theirs, 'GET', htu, { claims: { jti: 'j-1' } }))).status).toBe(200);
  });

  it('leaves the id of a bad proof unused', async () => {
    expect((await prove({ claims: { jti: 'j-2', htm: 'POST' } })).status).toBe(401);
    expect((await prove({ claims: { jti: 'j-2' } })).status).toBe(200);
  });

  it('is refused when it cannot be told whether its proof was used', async () => {
    bff = make({ dpopDeps: { replays: { claim: () => Promise.reject(new Error('ECONNREFUSED 127.0.0.1')) } } });
    const { status, error } = await prove();
    expect({ status, code: error?.code }).toEqual({ status: 503, code: 'AUTHORITY_UNAVAILABLE' });
    expect(error?.detail).not.toContain('127.0.0.1');
  });

  it('is verified like every other: its issuer, its life, its revocation', async () => {
    const revocations = new MemoryRevocations({ clock });
    bff = make({ revocations });
    expect(await bff.bound(boundTo(k1, { aud: 'other' }), k1)).toMatchObject(badToken);
    const text = boundTo(k1);
    expect((await bff.bound(text, k1)).status).toBe(200);
    revocations.revoke({ sid: 's-1' });
    expect(await bff.bound(text, k1)).toMatchObject(badToken);
  });

  it('that lacks the scope is told so by its own scheme', async () => {
    const text = boundTo(k1, { scope: 'other' });
    expect(await bff.bound(text, k1)).toMatchObject({ status: 403, challenge: `DPoP error="insufficient_scope", scope="shop.read", ${algs}` });
  });

  it.each([['certificate', { 'x5t#S256': 'x'.repeat(43) }], ['key and certificate', { jkt: 'x'.repeat(43), 'x5t#S256': 'y'.repeat(43) }], ['text', 'x'], ['number', { jkt: 1 }], ['nothing', {}], ['null', null]])(
    'whose confirmation is a %s is refused by either scheme',
    async (_name, cnf) => {
      const text = token({ cnf: cnf === null ? undefined : cnf, ...(cnf === null && { cnf: [null] }) });
      expect((await bff.bearer(text)).status).toBe(401);
      expect((await bff.bound(text, k1)).status).toBe(401);
    },
  );

  it('needs no promise once token and key are known', async () => {
    const text = boundTo(k1);
    await bff.bound(text, k1);
    expect(bff.verifier.verifyBound(text)).toMatchObject({ binding: { jkt: k1.jkt, ath: sha256(text) } });
  });
});

describe('A proof may be signed with', () => {
  it.each(['ES256', 'EdDSA', 'Ed25519', 'PS256', 'RS256'])('%s', async (alg) => {
    expect((await prove({}, {}, new ProofMaker(clock, alg))).status).toBe(200);
  });

  it.each(['ES384', 'ES512', 'RS512', 'PS384'])('%s where that is on the list', async (alg) => {
    const client = new ProofMaker(clock, alg);
    expect(await prove({}, {}, client)).toMatchObject(badProof);
    bff = make({ dpopOptions: { algorithms: [alg as 'ES384'] } });
    expect((await prove({}, {}, client)).status).toBe(200);
  });

  it('no RSA key that is too short', async () => {
    expect(await prove({}, {}, new ProofMaker(clock, 'RS256', 1_024))).toMatchObject(badProof);
  });
});

describe('The origin that a proof must name', () => {
  it('is the public one where that is configured, whatever Host says', async () => {
    bff = make({ dpopOptions: { publicOrigin: 'https://api.example' } });
    expect((await prove({ claims: { htu: 'https://api.example/orders' } })).status).toBe(200);
    expect(await prove({ claims: { htu: 'http://api.example/orders' } })).toMatchObject(badProof);
    expect(await prove()).toMatchObject(badProof);
  });

  it('may come from who knows which proxies are trusted', async () => {
    bff = make({ dpopDeps: { originOf: ({ address }) => (address === '10.0.0.1' ? 'https://api.example' : '//bff.example') } });
    expect((await prove({ claims: { htu: 'https://api.example/orders' } }, { address: '10.0.0.1' })).status).toBe(200);
    expect(await prove({ claims: { htu: 'https://api.example/orders' } })).toMatchObject(badProof);
  });

  it('is no X-Forwarded-Host by itself', async () => {
    const text = boundTo(k1);
    const dpop = k1.proof(text, 'GET', 'https://api.example/orders');
    expect(await bff.ask({ authorization: `DPoP ${text}`, dpop, 'x-forwarded-host': 'api.example' })).toMatchObject(badProof);
  });

  it.each(['bff.example/a', 'x@bff.example', '', undefined])('cannot be read from the Host %j', async (host) => {
    const text = boundTo(k1);
    const dpop = k1.proof(text, 'GET', `https://${host}/orders`);
    expect(await bff.ask({ authorization: `DPoP ${text}`, dpop, host })).toMatchObject(badProof);
  });
});

describe('A gateway that takes DPoP', () => {
  it('names both schemes to a request without credential', async () => {
    expect(await bff.ask({})).toMatchObject({ status: 401, challenge: `Bearer, DPoP ${algs}`, error: { code: 'TOKEN_MISSING' } });
  });

  it('DPOP-020 refuses a free token by the scheme DPoP, and takes it as Bearer', async () => {
    const text = token();
    expect(await bff.bound(text, k1)).toMatchObject(badToken);
    expect((await bff.bearer(text)).status).toBe(200);
    expect(await bff.bound(text, k1)).toMatchObject(badToken);
  });

  it.each(['DPoP', 'dpop ', 'DPoP a b', 'DPoP x.y.z'])('refuses the credential %j', async (authorization) => {
    expect(await bff.ask({ authorization })).toMatchObject(badToken);
  });

  it('reads the name of the scheme in any case', async () => {
    const text = boundTo(k1);
    expect((await bff.ask({ authorization: `dPOP ${text}`, dpop: k1.proof(text, 'GET', htu) })).status).toBe(200);
  });
});

describe('A gateway that takes no DPoP', () => {
  beforeEach(() => (bff = make({ dpop: false })));

  it('names Bearer alone to a request without credential', async () => {
    expect(await bff.ask({})).toMatchObject({ status: 401, challenge: 'Bearer' });
  });

  it('refuses the scheme and every bound token', async () => {
    const text = boundTo(k1);
    const refusal = { status: 401, challenge: 'Bearer error="invalid_token"' };
    for (const answer of [await bff.bound(text, k1), await bff.bound(token(), k1), await bff.bearer(text), await bff.ask({ authorization: 'DPoP' })]) expect(answer).toMatchObject(refusal);
  });
});

describe('DpopOptions', () => {
  const faults = (over: Partial<DpopOptions>) => validateSync(Object.assign(new DpopOptions(), over)).map(({ property }) => property);

  it('take their defaults and an origin', () => {
    expect([...faults({}), ...faults({ publicOrigin: 'https://api.example:8443' })]).toEqual([]);
  });

  it.each<[keyof DpopOptions, Partial<DpopOptions>]>([
    ['publicOrigin', { publicOrigin: 'https://api.example/' }],
    ['publicOrigin', { publicOrigin: 'api.example' }],
    ['algorithms', { algorithms: ['HS256' as never] }],
    ['algorithms', { algorithms: [] }],
    ['maxAgeS', { maxAgeS: 0 }],
    ['clockToleranceS', { clockToleranceS: -1 }],
  ])('refuse a %s that cannot be', (property, over) => {
    expect(faults(over)).toEqual([property]);
  });
});
