import { describe, expect, it } from 'vitest';
import { instances } from '../test/fixtures.js';
import { AffinityToken } from './affinity-token.js';

const secret = '0123456789abcdef0123456789abcdef';
const token = new AffinityToken('c', secret);
const [a, b] = instances(1, 1) as [ReturnType<typeof instances>[number], ReturnType<typeof instances>[number]];

describe('AffinityToken', () => {
  it('reads what it wrote, with the same secret anywhere', () => {
    const value = token.write(token.tagOf(a), 1_767_225_600_123);
    expect(new AffinityToken('c', secret).read(value)).toEqual({ tag: token.tagOf(a), expiresAt: 1_767_225_600_123 });
    expect(value).toMatch(/^[\w.-]+$/);
  });

  it('gives each instance a tag that hangs on the secret and shows nothing of its address', () => {
    expect(token.tagOf(a)).not.toBe(token.tagOf(b));
    expect(token.tagOf({ ...a, origin: 'http://elsewhere:80' })).not.toBe(token.tagOf(a));
    expect(new AffinityToken('c', secret.toUpperCase()).tagOf(a)).not.toBe(token.tagOf(a));
    expect(token.tagOf(a)).toHaveLength(16);
  });

  it('refuses what was altered, cut, or written for another cookie or with another secret', () => {
    const value = token.write(token.tagOf(a), 1_000_000);
    const [tag, expiry, signature] = value.split('.') as [string, string, string];
    const forged = [
      `${token.tagOf(b)}.${expiry}.${signature}`,
      `${tag}.zzzzzz.${signature}`,
      `${tag}.${expiry}.${'A'.repeat(43)}`,
      `${tag}.${expiry}.${signature.slice(1)}`,
      `${tag}.${expiry}.${signature}A`,
      `${tag}.${expiry}`,
      `${tag}..${signature}`,
      '',
      'x'.repeat(10_000),
      new AffinityToken('d', secret).write(tag, 1_000_000),
      new AffinityToken('c', secret.toUpperCase()).write(tag, 1_000_000),
    ];
    expect(forged.map((each) => token.read(each))).toEqual(forged.map(() => undefined));
  });
});
