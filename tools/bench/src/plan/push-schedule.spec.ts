import { describe, expect, it } from 'vitest';
import { numbersFor, pushTicks } from './push-schedule.mjs';

describe('the schedule of pushes', () => {
  const ticks = pushTicks({ first: 10, ticks: 6, perTick: 2, groups: 2 });

  it('turns from everybody to a group and back, and from group to group', () => {
    expect(ticks.map(({ to }) => to)).toEqual(['all', 'group-0', 'all', 'group-1', 'all', 'group-0']);
  });

  it('gives a client what is for everybody and for its group, each number once and in order', () => {
    expect(numbersFor(ticks, 'group-1')).toEqual([10, 11, 14, 15, 16, 17, 18, 19]);
  });
});
