import { describe, expect, it } from 'vitest';
import { ManualClock } from '../testing/index.js';
import { Deadline } from './deadline.js';

describe('Deadline', () => {
  it('says what is left, and 0 once it has passed', async () => {
    const clock = new ManualClock();
    await clock.advance(1_000);
    const deadline = new Deadline(clock, clock.now(), 300);
    expect(deadline.remainingMs()).toBe(300);
    await clock.advance(120);
    expect(deadline.remainingMs()).toBe(180);
    await clock.advance(500);
    expect(deadline.remainingMs()).toBe(0);
  });

  it('names moments by fraction, however much time has passed', async () => {
    const clock = new ManualClock();
    await clock.advance(1_000);
    const deadline = new Deadline(clock, clock.now(), 200);
    await clock.advance(150);
    expect([deadline.at(0), deadline.at(0.5), deadline.at(1)]).toEqual([1_000, 1_100, deadline.endsAt]);
  });
});
