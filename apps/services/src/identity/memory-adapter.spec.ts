import { describe, expect, it } from 'vitest';
import { MemoryStore } from './memory-adapter.js';

function setUp() {
  let nowMs = 1_000_000;
  const store = new MemoryStore(() => nowMs);
  return { store, pass: (seconds: number) => (nowMs += seconds * 1_000) };
}

describe('memory adapter', () => {
  it('forgets an entry when its time is over', async () => {
    const { store, pass } = setUp();
    const codes = store.adapter('AuthorizationCode');
    await codes.upsert('a', { jti: 'a' }, 60);
    pass(59);
    expect(await codes.find('a')).toMatchObject({ jti: 'a' });
    pass(1);
    expect(await codes.find('a')).toBeUndefined();
  });

  it('keeps kinds apart', async () => {
    const { store } = setUp();
    await store.adapter('Session').upsert('a', { uid: 'u' }, 60);
    expect(await store.adapter('Grant').find('a')).toBeUndefined();
    expect(await store.adapter('Interaction').findByUid('u')).toBeUndefined();
    expect(await store.adapter('Session').findByUid('u')).toEqual({ uid: 'u' });
  });

  it('marks what was used with the second of its use', async () => {
    const { store } = setUp();
    const codes = store.adapter('AuthorizationCode');
    await codes.upsert('a', { jti: 'a' }, 60);
    await codes.consume('a');
    expect(await codes.find('a')).toMatchObject({ consumed: 1_000 });
  });

  it('revokes everything of a grant, whatever kind it is, and nothing else', async () => {
    const { store } = setUp();
    await store.adapter('AuthorizationCode').upsert('a', { grantId: 'g' }, 60);
    await store.adapter('RefreshToken').upsert('b', { grantId: 'g' }, 60);
    await store.adapter('RefreshToken').upsert('c', { grantId: 'other' }, 60);
    await store.adapter('RefreshToken').revokeByGrantId('g');
    expect(await store.adapter('AuthorizationCode').find('a')).toBeUndefined();
    expect(await store.adapter('RefreshToken').find('b')).toBeUndefined();
    expect(await store.adapter('RefreshToken').find('c')).toBeDefined();
  });
});
