import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '@portico/core/testing';
import { MemoryThrottlerStorage } from './memory-throttler-storage.js';

let clock: ManualClock;
let storage: MemoryThrottlerStorage;

beforeEach(() => {
  clock = new ManualClock();
  storage = new MemoryThrottlerStorage({ clock });
});

const hit = (key = 'k', limit = 3, ttl = 10_000, block = 0, name = 'default') => storage.hit(key, ttl, limit, block, name);
const admitted = (count: number, key = 'k', limit = 3) => Array.from({ length: count }, () => hit(key, limit)).filter((record) => !record.isBlocked).length;

describe('MemoryThrottlerStorage', () => {
  it('counts without a promise, and arms no timer', () => {
    expect(hit()).toEqual({ totalHits: 1, timeToExpire: 10, isBlocked: false, timeToBlockExpire: 0 });
    expect(clock.pending).toBe(0);
  });
});

describe('MemoryThrottlerStorage at its bound', () => {
  beforeEach(() => (storage = new MemoryThrottlerStorage({ clock, maxKeys: 3 })));

  it('forgets the least recently seen key', () => {
    for (const key of ['a', 'b', 'c', 'a', 'd']) hit(key);
    expect(storage.size).toBe(3);
    expect(hit('a').totalHits).toBe(3);
    expect(hit('b').totalHits).toBe(1);
  });

  it('keeps a key over its limit while a flood of other keys passes', () => {
    admitted(4, 'greedy');
    for (let i = 0; i < 1_000; i++) hit(`flood-${i}`);
    expect(storage.size).toBe(3);
    expect(hit('greedy').isBlocked).toBe(true);
  });

  it('stays bounded when every key is over its limit', () => {
    for (let i = 0; i < 10; i++) admitted(4, `greedy-${i}`);
    expect(storage.size).toBe(3);
    expect(hit('greedy-9').isBlocked).toBe(true);
  });

  it('treats a key like any other once it is let through again', async () => {
    admitted(4, 'greedy');
    await clock.advance(19_000);
    expect(hit('greedy').isBlocked).toBe(false);
    for (const key of ['a', 'b', 'c']) hit(key);
    expect(hit('greedy').totalHits).toBe(1);
  });

  it('forgets what has ended before it reaches the bound', async () => {
    storage = new MemoryThrottlerStorage({ clock, maxKeys: 1_000 });
    for (let i = 0; i < 100; i++) hit(`old-${i}`);
    await clock.advance(20_000);
    for (let i = 0; i < 100; i++) hit(`new-${i}`);
    expect(storage.size).toBe(100);
  });

  it('does not forget a blocked key before its block has ended', async () => {
    storage = new MemoryThrottlerStorage({ clock, maxKeys: 1_000 });
    for (let i = 0; i < 4; i++) hit('greedy', 3, 10_000, 60_000);
    await clock.advance(30_000);
    hit('other');
    expect(hit('greedy', 3, 10_000, 60_000).isBlocked).toBe(true);
  });
});
