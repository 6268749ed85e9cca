import { ManualClock } from '@portico/core/testing';
import { describe, expect, it } from 'vitest';
import { MemoryUserGroups } from './memory-user-groups.js';

describe('groups of a user in memory', () => {
  it('end with their time, each for itself', async () => {
    const clock = new ManualClock();
    const groups = new MemoryUserGroups(clock);
    groups.add('shop', 'ann', 'short', 1);
    groups.add('shop', 'ann', 'long', 2);
    groups.add('news', 'ann', 'other', 2);
    await clock.advance(1_000);
    expect([groups.of('shop', 'ann'), groups.has('shop', 'ann', 'short'), groups.has('shop', 'ann', 'long'), groups.of('shop', 'bob')]).toEqual([['long'], false, true, []]);
  });

  it('are the newest 100: one that is added again is the newest', () => {
    const groups = new MemoryUserGroups(new ManualClock());
    for (let number = 0; number < 100; number += 1) groups.add('shop', 'ann', `${number}`, 60);
    groups.add('shop', 'ann', '0', 60);
    groups.add('shop', 'ann', '100', 60);
    expect([groups.of('shop', 'ann').length, groups.has('shop', 'ann', '0'), groups.has('shop', 'ann', '1')]).toEqual([100, true, false]);
  });

  it('are left one by one, or all together', () => {
    const groups = new MemoryUserGroups(new ManualClock());
    for (const name of ['a', 'b', 'c']) groups.add('shop', 'ann', name, 60);
    groups.remove('shop', 'ann', 'b');
    expect(groups.of('shop', 'ann')).toEqual(['a', 'c']);
    groups.remove('shop', 'ann');
    expect(groups.of('shop', 'ann')).toEqual([]);
  });
});
