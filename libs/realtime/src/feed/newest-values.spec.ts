import { ManualClock } from '@portico/core/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { NewestValues } from './newest-values.js';

describe('a stream that is thinned out', () => {
  let clock: ManualClock;
  let delivered: (readonly number[])[];
  let values: NewestValues<number>;
  beforeEach(() => {
    clock = new ManualClock();
    delivered = [];
    values = new NewestValues({ clock, intervalMs: 1_000, deliver: (some) => void delivered.push(some) });
  });

  it('is delivered at once when nothing was for a while, and several of one moment together', async () => {
    values.put('a', 1);
    values.put('b', 2);
    await clock.advance(0);
    expect(delivered).toEqual([[1, 2]]);
  });

  it('is delivered once per interval, with the newest value of each key', async () => {
    values.put('a', 1);
    await clock.advance(0);
    for (let value = 2; value <= 9; value++) values.put('a', value);
    values.put('b', 10);
    await clock.advance(999);
    expect(delivered).toEqual([[1]]);
    await clock.advance(1);
    expect(delivered).toEqual([[1], [9, 10]]);
  });

  it('says nothing when nothing has changed, and holds no timer', async () => {
    values.put('a', 1);
    await clock.advance(10_000);
    expect([delivered.length, clock.pending]).toEqual([1, 0]);
  });

  it('ends when it is closed', async () => {
    values.put('a', 1);
    values.close();
    await clock.advance(10_000);
    expect([delivered, clock.pending]).toEqual([[], 0]);
  });
});
