import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '@portico/core/testing';
import { MemoryReplayStore } from './memory-replay-store.js';

let clock: ManualClock;
let store: MemoryReplayStore;

beforeEach(() => {
  clock = new ManualClock();
  store = new MemoryReplayStore({ clock, maxKeys: 3 });
});

describe('MemoryReplayStore', () => {
  it('gives a key to whoever comes first, for its whole time', async () => {
    expect(store.claim('a', 1_500)).toBe(true);
    await clock.advance(1_500);
    expect(store.claim('a', 1_500)).toBe(false);
  });

  it('gives it again after its time, at the latest a second later', async () => {
    store.claim('a', 1_500);
    await clock.advance(2_500);
    expect(store.claim('a', 1_500)).toBe(true);
  });

  it('forgets short keys although a long one came before them', async () => {
    store.claim('long', 60_000);
    store.claim('b', 1_000);
    store.claim('c', 1_000);
    await clock.advance(2_000);
    expect([store.claim('d', 1_000), store.claim('e', 1_000)]).toEqual([true, true]);
    expect(store.claim('long', 1_000)).toBe(false);
    expect(store.size).toBe(3);
  });

  it('refuses when it is full of keys that live, and forgets none of them', () => {
    for (const key of ['a', 'b', 'c']) store.claim(key, 1_000);
    expect(() => store.claim('d', 1_000)).toThrow('no room');
    expect(store.claim('a', 1_000)).toBe(false);
  });

  it('needs no timers', () => {
    store.claim('a', 1_000);
    expect(clock.pending).toBe(0);
  });
});
