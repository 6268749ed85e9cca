import { ManualClock } from '@portico/core/testing';
import { describe, expect, it } from 'vitest';
import { DelayQueue } from './delay-queue.js';

describe('DelayQueue', () => {
  it('calls each task after the same delay, with one timer for all', async () => {
    const clock = new ManualClock();
    const queue = new DelayQueue(clock, 100);
    const calls: string[] = [];
    const note = (name: string) => () => void calls.push(`${name} ${clock.now()}`);
    queue.add(note('a'));
    queue.add(note('b'));
    await clock.advance(60);
    queue.add(note('c'));
    expect(clock.pending).toBe(1);
    await clock.advance(1_000);
    expect([calls, clock.pending]).toEqual([['a 100', 'b 100', 'c 160'], 0]);
  });

  it('forgets what is called off, and its timer with the last of it', async () => {
    const clock = new ManualClock();
    const queue = new DelayQueue(clock, 100);
    const calls: number[] = [];
    const first = queue.add(() => void calls.push(1));
    await clock.advance(50);
    const second = queue.add(() => void calls.push(2));
    first.cancel();
    await clock.advance(75);
    expect([calls, clock.pending]).toEqual([[], 1]);
    second.cancel();
    second.cancel();
    expect(clock.pending).toBe(0);
    await clock.advance(1_000);
    expect(calls).toEqual([]);
  });

  it('keeps the time of what waits when a task adds another', async () => {
    const clock = new ManualClock();
    const queue = new DelayQueue(clock, 100);
    const calls: string[] = [];
    queue.add(() => {
      calls.push(`a ${clock.now()}`);
      queue.add(() => void calls.push(`c ${clock.now()}`));
    });
    await clock.advance(30);
    queue.add(() => void calls.push(`b ${clock.now()}`));
    await clock.advance(1_000);
    expect([calls, clock.pending]).toEqual([['a 100', 'b 130', 'c 200'], 0]);
  });

  it('has one timer also when a task calls the last one off and adds another', async () => {
    const clock = new ManualClock();
    const queue = new DelayQueue(clock, 100);
    const calls: string[] = [];
    queue.add(() => {
      last.cancel();
      queue.add(() => void calls.push(`c ${clock.now()}`));
    });
    const last = queue.add(() => void calls.push('b'));
    await clock.advance(100);
    expect(clock.pending).toBe(1);
    await clock.advance(100);
    expect([calls, clock.pending]).toEqual([['c 200'], 0]);
  });
});
