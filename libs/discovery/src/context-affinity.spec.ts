import { testContext } from '@portico/core/testing';
import { describe, expect, it } from 'vitest';
import { ContextAffinity } from './context-affinity.js';

const attributes = { maxAgeMs: 1_500, path: '/', httpOnly: true, sameSite: 'Lax', secure: false } as const;

describe('ContextAffinity', () => {
  it.each([
    ['c=1', '1'],
    ['cc=0; c=1; d=2', '1'],
    ['c = 1 ;d=2', '1'],
    ['c=1=2', '1=2'],
    ['c=1; c=2', '1'],
    ['c=', ''],
    ['xc=1; C=2; c; =c', undefined],
  ])('finds the cookie in %j', (cookie, value) => {
    expect(new ContextAffinity(testContext({ headers: { cookie } })).read('c')).toBe(value);
  });

  it('finds none where the request has no cookies', () => {
    expect(new ContextAffinity(testContext()).read('c')).toBeUndefined();
  });

  it('sets a cookie with its attributes', () => {
    const context = testContext();
    new ContextAffinity(context).write('c', 'v', attributes);
    new ContextAffinity(context).write('d', 'w', { ...attributes, maxAgeMs: 60_000, path: '/shop', httpOnly: false, secure: true, sameSite: 'Strict' });
    expect(context.answerHeaders).toEqual([
      ['set-cookie', 'c=v; Max-Age=2; Path=/; SameSite=Lax; HttpOnly'],
      ['set-cookie', 'd=w; Max-Age=60; Path=/shop; SameSite=Strict; Secure'],
    ]);
  });

  it('reads what another call of the same request has set, and replaces it', () => {
    const context = testContext({ headers: { cookie: 'c=old' } });
    new ContextAffinity(context).write('c', 'new', attributes);
    expect(new ContextAffinity(context).read('c')).toBe('new');
    new ContextAffinity(context).write('c', 'newer', attributes);
    expect(context.answerHeaders).toEqual([['set-cookie', expect.stringMatching(/^c=newer;/)]]);
  });
});
