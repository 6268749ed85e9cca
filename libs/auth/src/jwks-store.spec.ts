import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '@portico/core/testing';
import { fetchJson, LittleIssuer, newKey, signToken, type IssuerKey } from '../test/little-issuer.js';
import { TokenVerifier } from './token-verifier.js';
import type { TokenVerifierOptions } from './token-verifier.config.js';

const audience = 'mobile-bff';
const keyA = newKey('a');
const keyB = newKey('b');

let issuer: LittleIssuer;
let clock: ManualClock;
let fetching: Promise<unknown>;

beforeEach(async () => {
  issuer = await LittleIssuer.start(keyA);
  clock = new ManualClock();
  fetching = Promise.resolve();
});
afterEach(() => issuer.stop());

const make = (options: Partial<TokenVerifierOptions> = {}) =>
  new TokenVerifier(
    { issuer: issuer.url, audience, jwksUri: issuer.jwksUri, ...options },
    {
      clock,
      fetchJson: (url) => {
        const answer = fetchJson(url);
        fetching = answer.catch(() => {});
        return answer;
      },
    },
  );
const token = (key: IssuerKey, header = {}) => signToken(key, header, issuer.claims(audience, clock.epochMs()));
const codeOf = (verifier: TokenVerifier, text: string): Promise<string> =>
  Promise.resolve()
    .then(() => verifier.verify(text))
    .then(
      () => 'accepted',
      (error: { code: string }) => error.code,
    );
const backgroundFetch = async () => {
  await clock.advance(0);
  await fetching;
  await clock.advance(0);
};

describe('JwksStore', () => {
  it('asks the issuer once for any number of first tokens', async () => {
    const verifier = make();
    await Promise.all(Array.from({ length: 20 }, () => verifier.verify(token(keyA))));
    expect(issuer.keyFetches).toBe(1);
  });

  it('does not wait for anything once it has the keys', async () => {
    const verifier = make();
    await verifier.prefetch();
    expect(verifier.verify(token(keyA))).not.toBeInstanceOf(Promise);
  });

  it('asks at most once a second under a flood of unknown key ids, while good tokens stay accepted', async () => {
    const verifier = make();
    await verifier.prefetch();
    for (let second = 0; second < 3; second++) {
      await clock.advance(1_000);
      for (let i = 0; i < 40; i++) expect(await codeOf(verifier, token(newFlood(`${second}-${i}`)))).toBe('TOKEN_INVALID');
      expect(await codeOf(verifier, token(keyA))).toBe('accepted');
    }
    expect(issuer.keyFetches).toBe(4);
  });

  it('asks once for one unknown id within its negative entry, which ends within two seconds', async () => {
    const verifier = make();
    await verifier.prefetch();
    await clock.advance(1_000);
    await codeOf(verifier, token(keyB));
    await clock.advance(1_400);
    await codeOf(verifier, token(keyB));
    expect(issuer.keyFetches).toBe(2);
    issuer.keys = [keyA, keyB];
    await clock.advance(600);
    expect(await codeOf(verifier, token(keyB))).toBe('accepted');
  });

  it('asks nobody about a key id of more than 128 characters', async () => {
    const verifier = make();
    await verifier.prefetch();
    await clock.advance(1_000);
    expect(await codeOf(verifier, token(newFlood('k'.repeat(129))))).toBe('TOKEN_INVALID');
    expect(issuer.keyFetches).toBe(1);
    await codeOf(verifier, token(newFlood('k'.repeat(128))));
    expect(issuer.keyFetches).toBe(2);
  });

  it('takes a new key within two seconds, right after a flood', async () => {
    const verifier = make();
    await verifier.prefetch();
    await clock.advance(1_000);
    for (let i = 0; i < 200; i++) await codeOf(verifier, token(newFlood(`f-${i}`)));
    issuer.keys = [keyA, keyB];
    await clock.advance(1_000);
    expect(await codeOf(verifier, token(keyB))).toBe('accepted');
  });

  it('goes on with its keys while the issuer is down, up to the configured maximum', async () => {
    const verifier = make({ maxStaleKeysS: 3_600 });
    await verifier.prefetch();
    issuer.down = true;
    await clock.advance(3_599_000);
    expect(await codeOf(verifier, token(keyA))).toBe('accepted');
    expect(await codeOf(verifier, token(keyB))).toBe('TOKEN_INVALID');
    await clock.advance(2_000);
    expect(await codeOf(verifier, token(keyA))).toBe('AUTHORITY_UNAVAILABLE');
  });

  it('keeps its keys when the issuer answers something else', async () => {
    const verifier = make();
    await verifier.prefetch();
    issuer.document = { error: 'maintenance' };
    await clock.advance(301_000);
    await codeOf(verifier, token(keyA));
    await backgroundFetch();
    expect(await codeOf(verifier, token(keyA))).toBe('accepted');
  });

  it('answers AUTHORITY_UNAVAILABLE with Retry-After when it has no keys and the issuer is down, and recovers', async () => {
    issuer.down = true;
    const verifier = make();
    await expect(verifier.verify(token(keyA))).rejects.toMatchObject({ code: 'AUTHORITY_UNAVAILABLE', status: 503, headers: { 'retry-after': '1' } });
    expect(() => verifier.verify(token(keyA))).toThrow(expect.objectContaining({ code: 'AUTHORITY_UNAVAILABLE' }));
    issuer.down = false;
    await clock.advance(1_000);
    expect(await codeOf(verifier, token(keyA))).toBe('accepted');
  });

  it('gives up an issuer that does not answer in time', async () => {
    const verifier = new TokenVerifier({ issuer: issuer.url, audience, jwksUri: issuer.jwksUri }, { clock, fetchJson: () => new Promise(() => {}) });
    const answer = codeOf(verifier, token(keyA));
    await clock.advance(3_000);
    expect(await answer).toBe('AUTHORITY_UNAVAILABLE');
    expect(clock.pending).toBe(0);
  });

  it('fetches anew in the background, and drops a withdrawn key with its remembered tokens', async () => {
    const verifier = make();
    const text = token(keyA);
    await verifier.verify(text);
    issuer.keys = [keyB];
    await clock.advance(301_000);
    expect(verifier.verify(text)).not.toBeInstanceOf(Promise);
    await backgroundFetch();
    expect(await codeOf(verifier, text)).toBe('TOKEN_INVALID');
    expect(await codeOf(verifier, token(keyB))).toBe('accepted');
  });

  it('drops the tokens of a key that was replaced under its id', async () => {
    const verifier = make();
    const text = token(keyA);
    await verifier.verify(text);
    issuer.keys = [{ ...keyB, kid: 'a' }];
    await clock.advance(301_000);
    verifier.verify(text);
    await backgroundFetch();
    expect(await codeOf(verifier, text)).toBe('TOKEN_INVALID');
  });

  it('finds the keys by discovery when no address is configured, once', async () => {
    const verifier = make({ jwksUri: undefined });
    expect(await codeOf(verifier, token(keyA))).toBe('accepted');
    await clock.advance(1_000);
    await codeOf(verifier, token(keyB));
    expect([issuer.discoveries, issuer.keyFetches]).toEqual([1, 2]);
  });

  it('trusts no discovery document of another issuer', async () => {
    const verifier = make({ jwksUri: undefined, issuer: `${issuer.url}/` });
    expect(await codeOf(verifier, token(keyA))).toBe('AUTHORITY_UNAVAILABLE');
  });

  it('uses no key that is for encryption, too short, symmetric or of another algorithm', async () => {
    const jwk = (key: IssuerKey, over: object) => ({ ...key.publicKey.export({ format: 'jwk' }), kid: key.kid, alg: key.alg, ...over });
    const short = newKey('short', 'RS256', 1024);
    issuer.document = {
      keys: [
        jwk(keyA, { kid: 'enc', use: 'enc' }),
        jwk(keyA, { kid: 'ops', key_ops: ['encrypt'] }),
        jwk(short, {}),
        { kty: 'oct', kid: 'oct', k: 'AAAA', alg: 'HS256' },
        jwk(keyA, { kid: 'rs512', alg: 'RS512' }),
        jwk(keyA, { kid: 'broken', n: 1 }),
        null,
        jwk(keyA, { kid: 'no-alg', alg: undefined }),
      ],
    };
    const verifier = make();
    await verifier.prefetch();
    for (const kid of ['enc', 'ops', 'rs512', 'broken']) expect(await codeOf(verifier, token(keyA, { kid }))).toBe('TOKEN_INVALID');
    expect(await codeOf(verifier, token(short))).toBe('TOKEN_INVALID');
    expect(await codeOf(verifier, token(keyA, { kid: 'oct', alg: 'HS256' }))).toBe('TOKEN_INVALID');
    expect(await codeOf(verifier, token(keyA, { kid: 'no-alg' }))).toBe('accepted');
  });
});

function newFlood(kid: string): IssuerKey {
  return { ...keyB, kid };
}
