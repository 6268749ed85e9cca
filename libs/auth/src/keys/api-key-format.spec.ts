import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { newApiKey, parseApiKey } from './api-key-format.js';
import { secretMatches } from './secret-digest.js';

describe('A new key', () => {
  it('is a prefix, an id and 256 random bits, of which only the digest is for keeping', () => {
    const { id, text, secretDigest } = newApiKey();
    expect(text).toMatch(/^bffk_[0-9a-f]{16}\.[A-Za-z0-9_-]{43}$/);
    const parsed = parseApiKey(text);
    expect(parsed?.id).toBe(id);
    expect(secretDigest).toEqual(createHash('sha256').update(parsed?.secret ?? '').digest());
  });

  it('matches its own digest only, and nothing where there is none', () => {
    const { text, secretDigest } = newApiKey();
    const { secret = '' } = parseApiKey(text) ?? {};
    expect([secretMatches(secret, secretDigest), secretMatches(secret, newApiKey().secretDigest), secretMatches(secret, undefined)]).toEqual([true, false, false]);
  });

  it('is never the same twice', () => {
    expect(new Set(Array.from({ length: 100 }, () => newApiKey().text)).size).toBe(100);
  });
});

describe('Reading a key', () => {
  const [id, secret] = ['a1B2-c3_d4e5', 'x'.repeat(43)];

  it('takes ids of 12 to 64 characters', () => {
    expect(parseApiKey(`bffk_${id}.${secret}`)).toEqual({ id, secret });
    expect(parseApiKey(`bffk_${'i'.repeat(64)}.${secret}`)?.id).toHaveLength(64);
  });

  it.each([
    ['nothing', ''],
    ['a short id', `bffk_unknown.${secret}`],
    ['a long id', `bffk_${'i'.repeat(65)}.${secret}`],
    ['another prefix', `BFFK_${id}.${secret}`],
    ['a short secret', `bffk_${id}.${secret.slice(1)}`],
    ['a long secret', `bffk_${id}.${secret}x`],
    ['padding', `bffk_${id}.${secret.slice(1)}=`],
    ['a space before it', ` bffk_${id}.${secret}`],
    ['a line feed after it', `bffk_${id}.${secret}\n`],
    ['two keys in one field', `bffk_${id}.${secret}, bffk_${id}.${secret}`],
  ])('refuses %s', (_, text) => {
    expect(parseApiKey(text)).toBeUndefined();
  });
});
