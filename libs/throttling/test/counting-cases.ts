import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '@portico/core/testing';
import type { CountingAlgorithm, CountingStorage, ThrottlerRecord } from '../src/index.js';

interface Hit {
  readonly key?: string;
  readonly limit?: number;
  readonly windowMs?: number;
  readonly blockMs?: number;
  readonly burst?: number;
  readonly name?: string;
}

/** What every storage of the limits answers, wherever it counts. `open` makes one that is empty and lives by `clock`. */
export function countingCases(open: (clock: ManualClock) => CountingStorage): void {
  let clock: ManualClock;
  let storage: CountingStorage;
  beforeEach(() => {
    clock = new ManualClock();
    storage = open(clock);
  });

  const hitBy = (algorithm: CountingAlgorithm) => async ({ key = 'k', limit = 3, windowMs = 10_000, blockMs = 0, burst = 0, name = 'route' }: Hit = {}): Promise<ThrottlerRecord> =>
    storage.hit(key, windowMs, limit, blockMs, name, { algorithm, burst });
  const admitted = async (hit: () => Promise<ThrottlerRecord>, tries: number): Promise<number> => {
    let through = 0;
    for (let index = 0; index < tries; index++) if (!(await hit()).isBlocked) through++;
    return through;
  };

  describe('by a sliding window', () => {
    const hit = hitBy('sliding');

    it('counts up to the limit and refuses the hit after it, in whole seconds', async () => {
      expect(await hit()).toEqual({ totalHits: 1, timeToExpire: 10, isBlocked: false, timeToBlockExpire: 0 });
      expect((await hit()).totalHits).toBe(2);
      expect(await hit()).toMatchObject({ totalHits: 3, isBlocked: false });
      expect(await hit()).toEqual({ totalHits: 4, timeToExpire: 10, isBlocked: true, timeToBlockExpire: 10 });
    });

    it('gives the same record through the package interface, as a promise', async () => {
      const answer = storage.increment('k', 10_000, 3, 0, 'default');
      expect(answer).toBeInstanceOf(Promise);
      expect(await answer).toEqual({ totalHits: 1, timeToExpire: 10, isBlocked: false, timeToBlockExpire: 0 });
    });

    it('lets the hits of the last bucket fade instead of forgetting them at its end', async () => {
      await admitted(hit, 3);
      await clock.advance(10_000);
      expect(await admitted(hit, 5)).toBe(1);
      await clock.advance(5_000);
      expect(await admitted(hit, 5)).toBe(1);
      await clock.advance(20_000);
      expect(await admitted(hit, 5)).toBe(3);
    });

    it.each([1, 3, 20])('lets a client that never rests through at its limit of %d, with one hit more in the worst window', async (limit) => {
      const times: number[] = [];
      for (let step = 0; step < 400; step++) {
        const through = await admitted(() => hit({ limit }), limit);
        times.push(...Array.from({ length: through }, () => clock.now()));
        await clock.advance(250);
      }
      expect(Math.abs(times.length - 10 * limit)).toBeLessThanOrEqual(1);
      for (const start of times) expect(times.filter((time) => time >= start && time < start + 10_000).length).toBeLessThanOrEqual(limit + 1);
    });

    it.each([0, 1, 2_345, 7_000, 9_999])('says truly when the next hit is let through, asked %d ms into a bucket', async (offset) => {
      await admitted(hit, 2);
      await clock.advance(offset);
      await admitted(hit, 3);
      const { timeToBlockExpire, isBlocked } = await hit();
      expect(isBlocked).toBe(true);
      await clock.advance((timeToBlockExpire - 1) * 1_000);
      if (timeToBlockExpire > 1) expect((await hit()).isBlocked).toBe(true);
      await clock.advance(1_000);
      expect((await hit()).isBlocked).toBe(false);
    });

    it('does not count refused hits, so that a client that goes on asking gets in again', async () => {
      await admitted(hit, 53);
      await clock.advance(20_000);
      expect(await hit()).toMatchObject({ totalHits: 1, isBlocked: false });
    });

    it('blocks for the block duration, and counts from the beginning after it', async () => {
      const blocking = () => hit({ blockMs: 60_000 });
      await admitted(blocking, 3);
      expect(await blocking()).toMatchObject({ isBlocked: true, timeToBlockExpire: 60 });
      await clock.advance(59_001);
      expect(await blocking()).toMatchObject({ isBlocked: true, timeToBlockExpire: 1 });
      await clock.advance(999);
      expect(await blocking()).toMatchObject({ totalHits: 1, isBlocked: false });
    });

    it('counts from the beginning after a block that is shorter than the window', async () => {
      const blocking = () => hit({ blockMs: 2_000 });
      await admitted(blocking, 4);
      await clock.advance(2_000);
      expect(await blocking()).toMatchObject({ totalHits: 1, isBlocked: false });
    });

    it('begins anew when its window is another one', async () => {
      await admitted(() => hit({ blockMs: 60_000 }), 4);
      expect(await hit({ windowMs: 20_000 })).toMatchObject({ totalHits: 1, timeToExpire: 20 });
    });

    it('holds a key that was refused against a limit that is larger now', async () => {
      await admitted(hit, 4);
      expect(await hit({ limit: 5 })).toMatchObject({ totalHits: 4, isBlocked: false });
    });

    it('refuses everything at a limit of 0', async () => {
      expect(await hit({ limit: 0 })).toMatchObject({ isBlocked: true, timeToBlockExpire: 10 });
    });

    it('counts keys apart, and one key apart for each limiter', async () => {
      await admitted(hit, 3);
      expect((await hit({ key: 'other' })).totalHits).toBe(1);
      expect((await hit({ name: 'address' })).totalHits).toBe(1);
      expect((await hit({ name: 'routek', key: '' })).totalHits).toBe(1);
    });

    it('tells long keys apart that begin alike', async () => {
      const long = 'x'.repeat(1_000);
      await admitted(() => hit({ key: `${long}1` }), 3);
      expect((await hit({ key: `${long}2` })).totalHits).toBe(1);
      expect((await hit({ key: `${long}1` })).isBlocked).toBe(true);
    });
  });

  describe('by a fixed window', () => {
    const hit = hitBy('fixed');

    it('counts up to the limit, then refuses until its end, in whole seconds', async () => {
      expect([(await hit()).totalHits, (await hit()).totalHits, (await hit()).totalHits]).toEqual([1, 2, 3]);
      await clock.advance(2_500);
      expect(await hit()).toEqual({ totalHits: 4, timeToExpire: 8, isBlocked: true, timeToBlockExpire: 8 });
      await clock.advance(7_499);
      expect((await hit()).isBlocked).toBe(true);
      await clock.advance(1);
      expect(await hit()).toEqual({ totalHits: 1, timeToExpire: 10, isBlocked: false, timeToBlockExpire: 0 });
    });

    it('begins with the first hit and forgets everything at its end', async () => {
      await clock.advance(7_000);
      await admitted(hit, 3);
      await clock.advance(9_999);
      expect(await admitted(hit, 3)).toBe(0);
      await clock.advance(1);
      expect(await admitted(hit, 5)).toBe(3);
    });

    it('keeps a key refused for the block, whose end further hits do not move', async () => {
      const blocking = () => hit({ windowMs: 1_000, blockMs: 500 });
      expect(await admitted(blocking, 4)).toBe(3);
      await clock.advance(250);
      expect(await blocking()).toMatchObject({ isBlocked: true, timeToBlockExpire: 1 });
      await clock.advance(249);
      expect((await blocking()).isBlocked).toBe(true);
      await clock.advance(1);
      expect(await blocking()).toMatchObject({ isBlocked: false, totalHits: 1 });
    });

    it('refuses beyond its window while a longer block lasts', async () => {
      const blocking = () => hit({ windowMs: 1_000, blockMs: 60_000 });
      await admitted(blocking, 4);
      await clock.advance(59_999);
      expect((await blocking()).isBlocked).toBe(true);
      await clock.advance(1);
      expect((await blocking()).isBlocked).toBe(false);
    });

    it('refuses everything at a limit of 0', async () => {
      expect(await hit({ limit: 0 })).toMatchObject({ isBlocked: true, timeToBlockExpire: 10 });
    });

    it('counts through a month', async () => {
      const monthMs = 31 * 86_400_000;
      expect(await hit({ windowMs: monthMs })).toMatchObject({ totalHits: 1, timeToExpire: monthMs / 1_000 });
      await clock.advance(monthMs - 1);
      expect(await hit({ windowMs: monthMs })).toMatchObject({ totalHits: 2, timeToExpire: 1 });
    });
  });

  describe('by a token bucket', () => {
    const hit = hitBy('token-bucket');

    it('lets a rested key send its burst, then one hit for each token that flowed back', async () => {
      const bursting = () => hit({ limit: 10, burst: 4 });
      expect(await admitted(bursting, 6)).toBe(4);
      expect(await bursting()).toMatchObject({ isBlocked: true, timeToBlockExpire: 1 });
      await clock.advance(1_000);
      expect(await admitted(bursting, 3)).toBe(1);
      await clock.advance(60_000);
      expect(await admitted(bursting, 9)).toBe(4);
    });

    it('holds as many tokens as the limit when no burst is named, or more when the burst is larger', async () => {
      expect(await admitted(() => hit({ key: 'a' }), 9)).toBe(3);
      expect(await admitted(() => hit({ key: 'b', burst: 5 }), 9)).toBe(5);
    });

    it('says in its records how many tokens are left', async () => {
      expect((await hit({ limit: 3, burst: 5 })).totalHits).toBe(-1);
      expect((await hit({ limit: 3, burst: 5 })).totalHits).toBe(0);
    });

    it.each([1, 7, 100])('lets %d hits a window through in the long run, however often it is asked', async (limit) => {
      const once = () => hit({ limit, burst: 1 });
      let through = await admitted(once, 1);
      for (let step = 0; step < 1_600; step++) {
        await clock.advance(25);
        through += await admitted(once, 2);
      }
      expect(Math.abs(through - 4 * limit)).toBeLessThanOrEqual(1);
    });

    it.each([0, 1, 333, 3_332])('says truly when the next token is there, asked %d ms after it was emptied', async (offset) => {
      await admitted(hit, 3);
      await clock.advance(offset);
      const { timeToBlockExpire } = await hit();
      await clock.advance(timeToBlockExpire * 1_000);
      expect((await hit()).isBlocked).toBe(false);
    });

    it('goes on filling while a key is blocked', async () => {
      const blocking = () => hit({ blockMs: 5_000 });
      expect(await admitted(blocking, 3)).toBe(3);
      expect((await blocking()).timeToBlockExpire).toBe(5);
      await clock.advance(4_999);
      expect(await blocking()).toMatchObject({ isBlocked: true, timeToBlockExpire: 1 });
      await clock.advance(1);
      expect(await admitted(blocking, 4)).toBe(1);
    });

    it('refuses everything at a limit of 0', async () => {
      expect(await hit({ limit: 0 })).toMatchObject({ isBlocked: true, timeToBlockExpire: 10 });
    });
  });

  it('begins a key anew that is counted otherwise', async () => {
    for (const algorithm of ['fixed', 'token-bucket', 'sliding', 'fixed'] as const) expect(await admitted(hitBy(algorithm), 5)).toBe(3);
  });
}
