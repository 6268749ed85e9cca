import { anonymousCaller, type Caller } from '@portico/core';
import { ManualClock, testContext } from '@portico/core/testing';
import { describe, expect, it } from 'vitest';
import { AnswerCache, createTextCache, IdempotencyKeys } from './index.js';

const caller = (key: string): Caller => ({ ...anonymousCaller, kind: 'user', id: key, key });

function keys(clock = new ManualClock()) {
  return new IdempotencyKeys(new AnswerCache(createTextCache({ clock }), clock));
}

describe('IdempotencyKeys', () => {
  it('tells a caller what a key brought about, and nobody else', async () => {
    const known = keys();
    await known.note(caller('ann'), 'k-1', 'o-1');
    expect(await known.find(caller('ann'), 'k-1')).toBe('o-1');
    expect(await known.find(caller('ann'), 'k-2')).toBeUndefined();
    expect(await known.find(caller('annk'), '-1')).toBeUndefined();
    expect(await known.find(caller('bob'), 'k-1')).toBeUndefined();
  });

  it('forgets after a day', async () => {
    const clock = new ManualClock();
    const known = keys(clock);
    await known.note(caller('ann'), 'k-1', 'o-1');
    await clock.advance(86_399_000);
    expect(await known.find(caller('ann'), 'k-1')).toBe('o-1');
    await clock.advance(2_000);
    expect(await known.find(caller('ann'), 'k-1')).toBeUndefined();
  });

  it.each(['', 'a b', 'x'.repeat(101), 'ä', '{}'])('refuses the key %j', (key) => {
    expect(() => keys().of(testContext({ headers: { 'idempotency-key': key } }))).toThrow(expect.objectContaining({ code: 'REQUEST_INVALID' }));
  });

  it('takes a request without a key as it is', () => {
    expect(keys().of(testContext())).toBeUndefined();
    expect(keys().of(testContext({ headers: { 'idempotency-key': 'a.B-9_' } }))).toBe('a.B-9_');
  });
});
