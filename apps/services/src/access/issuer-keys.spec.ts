import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listen, type Listener } from '../../test/listener.js';
import { until } from '../../test/until.js';
import { IssuerKeys } from './issuer-keys.js';

const jwk = (kid: string, changes: object = {}) => ({ ...generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' }), kid, alg: 'RS256', ...changes });
const [first, second] = [jwk('first'), jwk('second')];
let published: object = {};
let status = 200;
let nowMs = 0;
let issuer: Listener;
beforeAll(async () => {
  issuer = await listen(() => ({ status, json: published }));
});
afterAll(() => issuer.close());
beforeEach(() => {
  issuer.heard.length = 0;
  published = { keys: [first] };
  status = 200;
  nowMs = 1_000_000;
});

const newKeys = () => new IssuerKeys({ jwksUri: `${issuer.origin}/jwks`, nowMs: () => nowMs });

describe('the keys of the issuer', () => {
  it('are fetched once for all who wait', async () => {
    const keys = newKeys();
    expect(keys.known).toBe(false);
    await Promise.all([keys.refresh(), keys.refresh(), keys.refresh()]);
    expect(keys.find('first')?.type).toBe('public');
    expect(issuer.heard).toHaveLength(1);
  });

  it('are asked for at most once a second, however many unknown ids come', async () => {
    const keys = newKeys();
    for (let count = 0; count < 40; count += 1) await keys.refresh();
    expect(issuer.heard).toHaveLength(1);
    published = { keys: [first, second] };
    nowMs += 1_000;
    await keys.refresh();
    expect(keys.find('second')).toBeDefined();
  });

  it('are renewed after a minute, without anybody waiting; a withdrawn one is gone then', async () => {
    const keys = newKeys();
    await keys.refresh();
    published = { keys: [second] };
    nowMs += 59_999;
    expect(keys.find('first')).toBeDefined();
    expect(issuer.heard).toHaveLength(1);
    nowMs += 1;
    expect(keys.find('first')).toBeDefined();
    await until(() => keys.find('first') === undefined);
    expect(keys.find('second')).toBeDefined();
    expect(issuer.heard).toHaveLength(2);
  });

  it.each([
    ['an error', () => void (status = 500)],
    ['something else', () => void (published = { keys: 'none' })],
  ])('stay as they are when the issuer answers %s', async (_what, change) => {
    const keys = newKeys();
    await keys.refresh();
    change();
    nowMs += 1_000;
    await keys.refresh();
    expect(keys.find('first')).toBeDefined();
    expect(issuer.heard).toHaveLength(2);
  });

  it('are RSA keys for RS256 only', async () => {
    published = { keys: [first, { kty: 'oct', kid: 'secret', k: 'AA' }, jwk('other', { alg: 'PS256' }), jwk('', { kid: undefined })] };
    const keys = newKeys();
    await keys.refresh();
    expect(['first', 'secret', 'other', 'undefined'].map((kid) => keys.find(kid) !== undefined)).toEqual([true, false, false, false]);
  });
});
