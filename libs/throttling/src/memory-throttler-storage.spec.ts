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
  it('counts up to the limit and refuses the hit after it, in whole seconds', () => {
    expect(hit()).toEqual({ totalHits: 1, timeToExpire: 10, isBlocked: false, timeToBlockExpire: 0 });
    expect(hit().totalHits).toBe(2);
    expect(hit()).toMatchObject({ totalHits: 3, isBlocked: false });
    expect(hit()).toMatchObject({ totalHits: 4, isBlocked: true });
  });

  it('gives the same record through the package interface, as a promise', async () => {
    const answer = storage.increment('k', 10_000, 3, 0, 'default');
    expect(answer).toBeInstanceOf(Promise);
    expect(await answer).toEqual({ totalHits: 1, timeToExpire: 10, isBlocked: false, timeToBlockExpire: 0 });
  });

  it('lets the hits of the last bucket fade instead of forgetting them at its end', async () => {
    admitted(3);
    await clock.advance(10_000);
    expect(admitted(5)).toBe(1);
    await clock.advance(5_000);
    expect(admitted(5)).toBe(1);
    await clock.advance(20_000);
    expect(admitted(5)).toBe(3);
  });

  it.each([1, 3, 20])('lets a client that never rests through at its limit of %d, with one hit more in the worst window', async (limit) => {
    const times: number[] = [];
    for (let step = 0; step < 400; step++) {
      times.push(...Array.from({ length: admitted(limit, 'k', limit) }, () => clock.now()));
      await clock.advance(250);
    }
    expect(Math.abs(times.length - 10 * limit)).toBeLessThanOrEqual(1);
    for (const start of times) expect(times.filter((time) => time >= start && time < start + 10_000).length).toBeLessThanOrEqual(limit + 1);
  });

  it.each([0, 1, 2_345, 7_000, 9_999])('says truly when the next hit is let through, asked %d ms into a bucket', async (offset) => {
    admitted(2);
    await clock.advance(offset);
    admitted(3);
    const { timeToBlockExpire, isBlocked } = hit();
    expect(isBlocked).toBe(true);
    await clock.advance((timeToBlockExpire - 1) * 1_000);
    if (timeToBlockExpire > 1) expect(hit().isBlocked).toBe(true);
    await clock.advance(1_000);
    expect(hit().isBlocked).toBe(false);
  });

  it('does not count refused hits, so that a client that goes on asking gets in again', async () => {
    admitted(3);
    for (let i = 0; i < 50; i++) hit();
    await clock.advance(20_000);
    expect(hit()).toMatchObject({ totalHits: 1, isBlocked: false });
  });

  it('blocks for the block duration, and counts from the beginning after it', async () => {
    for (let i = 0; i < 3; i++) hit('k', 3, 10_000, 60_000);
    expect(hit('k', 3, 10_000, 60_000)).toMatchObject({ isBlocked: true, timeToBlockExpire: 60 });
    await clock.advance(59_001);
    expect(hit('k', 3, 10_000, 60_000)).toMatchObject({ isBlocked: true, timeToBlockExpire: 1 });
    await clock.advance(999);
    expect(hit('k', 3, 10_000, 60_000)).toMatchObject({ totalHits: 1, isBlocked: false });
  });

  it('counts from the beginning after a block that is shorter than the window', async () => {
    for (let i = 0; i < 4; i++) hit('k', 3, 10_000, 2_000);
    await clock.advance(2_000);
    expect(hit('k', 3, 10_000, 2_000)).toMatchObject({ totalHits: 1, isBlocked: false });
  });

  it('refuses everything at a limit of 0', () => {
    expect(hit('k', 0)).toMatchObject({ isBlocked: true, timeToBlockExpire: 10 });
  });

  it('counts keys apart, and one key apart for each limiter', () => {
    admitted(3);
    expect(hit('other').totalHits).toBe(1);
    expect(hit('k', 3, 10_000, 0, 'address').totalHits).toBe(1);
  });

  it('arms no timer', () => {
    admitted(10);
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
