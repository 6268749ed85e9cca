import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '@portico/core/testing';
import type { CountingAlgorithm } from './counting.js';
import { MemoryThrottlerStorage } from './memory-throttler-storage.js';

let clock: ManualClock;
let storage: MemoryThrottlerStorage;

beforeEach(() => {
  clock = new ManualClock();
  storage = new MemoryThrottlerStorage({ clock });
});

type Hit = { key?: string; limit?: number; windowMs?: number; blockMs?: number; burst?: number; name?: string };
const hitBy = (algorithm: CountingAlgorithm) => ({ key = 'k', limit = 3, windowMs = 10_000, blockMs = 0, burst = 0, name = 'route' }: Hit = {}) =>
  storage.hit(key, windowMs, limit, blockMs, name, { algorithm, burst });
const admitted = (hit: () => { isBlocked: boolean }, tries: number) => Array.from({ length: tries }, hit).filter((record) => !record.isBlocked).length;

describe('A fixed window', () => {
  const hit = hitBy('fixed');

  it('counts up to the limit, then refuses until its end, in whole seconds', async () => {
    expect([hit().totalHits, hit().totalHits, hit().totalHits]).toEqual([1, 2, 3]);
    await clock.advance(2_500);
    expect(hit()).toEqual({ totalHits: 4, timeToExpire: 8, isBlocked: true, timeToBlockExpire: 8 });
    await clock.advance(7_499);
    expect(hit().isBlocked).toBe(true);
    await clock.advance(1);
    expect(hit()).toEqual({ totalHits: 1, timeToExpire: 10, isBlocked: false, timeToBlockExpire: 0 });
  });

  it('begins with the first hit and forgets everything at its end', async () => {
    await clock.advance(7_000);
    admitted(hit, 3);
    await clock.advance(9_999);
    expect(admitted(hit, 3)).toBe(0);
    await clock.advance(1);
    expect(admitted(hit, 5)).toBe(3);
  });

  it('keeps a key refused for the block, whose end further hits do not move', async () => {
    const blocking = () => hit({ windowMs: 1_000, blockMs: 500 });
    expect(admitted(blocking, 4)).toBe(3);
    await clock.advance(250);
    expect(blocking()).toMatchObject({ isBlocked: true, timeToBlockExpire: 1 });
    await clock.advance(249);
    expect(blocking().isBlocked).toBe(true);
    await clock.advance(1);
    expect(blocking()).toMatchObject({ isBlocked: false, totalHits: 1 });
  });

  it('refuses beyond its window while a longer block lasts', async () => {
    admitted(() => hit({ windowMs: 1_000, blockMs: 60_000 }), 4);
    await clock.advance(59_999);
    expect(hit({ windowMs: 1_000, blockMs: 60_000 }).isBlocked).toBe(true);
    await clock.advance(1);
    expect(hit({ windowMs: 1_000, blockMs: 60_000 }).isBlocked).toBe(false);
  });

  it('refuses everything at a limit of 0', () => {
    expect(hit({ limit: 0 })).toMatchObject({ isBlocked: true, timeToBlockExpire: 10 });
  });
});

describe('A token bucket', () => {
  const hit = hitBy('token-bucket');

  it('lets a rested key send its burst, then one hit for each token that flowed back', async () => {
    expect(admitted(() => hit({ limit: 10, burst: 4 }), 6)).toBe(4);
    expect(hit({ limit: 10, burst: 4 })).toMatchObject({ isBlocked: true, timeToBlockExpire: 1 });
    await clock.advance(1_000);
    expect(admitted(() => hit({ limit: 10, burst: 4 }), 3)).toBe(1);
    await clock.advance(60_000);
    expect(admitted(() => hit({ limit: 10, burst: 4 }), 9)).toBe(4);
  });

  it('holds as many tokens as the limit when no burst is named, or more when the burst is larger', () => {
    expect(admitted(() => hit({ key: 'a' }), 9)).toBe(3);
    expect(admitted(() => hit({ key: 'b', burst: 5 }), 9)).toBe(5);
  });

  it('says in its records how many tokens are left', () => {
    expect(hit({ limit: 3, burst: 5 }).totalHits).toBe(-1);
    expect(hit({ limit: 3, burst: 5 }).totalHits).toBe(0);
  });

  it.each([1, 7, 100])('lets %d hits a window through in the long run, however often it is asked', async (limit) => {
    let through = admitted(() => hit({ limit, burst: 1 }), 1);
    for (let step = 0; step < 4_000; step++) {
      await clock.advance(25);
      through += admitted(() => hit({ limit, burst: 1 }), 2);
    }
    expect(Math.abs(through - 10 * limit)).toBeLessThanOrEqual(1);
  });

  it.each([0, 1, 333, 3_332])('says truly when the next token is there, asked %d ms after it was emptied', async (offset) => {
    admitted(() => hit(), 3);
    await clock.advance(offset);
    const { timeToBlockExpire } = hit();
    await clock.advance(timeToBlockExpire * 1_000);
    expect(hit().isBlocked).toBe(false);
  });

  it('goes on filling while a key is blocked', async () => {
    expect(admitted(() => hit({ blockMs: 5_000 }), 3)).toBe(3);
    expect(hit({ blockMs: 5_000 }).timeToBlockExpire).toBe(5);
    await clock.advance(4_999);
    expect(hit({ blockMs: 5_000 })).toMatchObject({ isBlocked: true, timeToBlockExpire: 1 });
    await clock.advance(1);
    expect(admitted(() => hit({ blockMs: 5_000 }), 4)).toBe(1);
  });

  it('refuses everything at a limit of 0', () => {
    expect(hit({ limit: 0 })).toMatchObject({ isBlocked: true, timeToBlockExpire: 10 });
  });
});

describe('MemoryThrottlerStorage with several algorithms', () => {
  it('begins a key anew that is counted otherwise', () => {
    for (const algorithm of ['fixed', 'token-bucket', 'sliding'] as const) expect(admitted(() => hitBy(algorithm)(), 5)).toBe(3);
    expect(storage.size).toBe(1);
  });

  it('forgets ended seconds although an older quota is still running', async () => {
    hitBy('fixed')({ key: 'quota', windowMs: 86_400_000, name: 'quota' });
    for (let i = 0; i < 50; i++) hitBy('sliding')({ key: `old-${i}`, windowMs: 1_000 });
    await clock.advance(10_000);
    for (let i = 0; i < 50; i++) hitBy('sliding')({ key: `new-${i}`, windowMs: 1_000 });
    expect(storage.size).toBeLessThanOrEqual(52);
    expect(hitBy('fixed')({ key: 'quota', windowMs: 86_400_000, name: 'quota' }).totalHits).toBe(2);
  });

  it('keeps a running quota while a flood of other keys passes', () => {
    storage = new MemoryThrottlerStorage({ clock, maxKeys: 10 });
    const quota = () => hitBy('fixed')({ key: 'quota', windowMs: 86_400_000, name: 'quota' });
    quota();
    for (let i = 0; i < 1_000; i++) hitBy('sliding')({ key: `flood-${i}` });
    expect(storage.size).toBe(10);
    expect(quota().totalHits).toBe(2);
  });

  it.each(['fixed', 'token-bucket'] as const)('drops ended keys of a %s', async (algorithm) => {
    for (let i = 0; i < 100; i++) hitBy(algorithm)({ key: `old-${i}` });
    await clock.advance(20_000);
    for (let i = 0; i < 100; i++) hitBy(algorithm)({ key: `new-${i}` });
    expect(storage.size).toBeLessThanOrEqual(101);
    expect(clock.pending).toBe(0);
  });
});
