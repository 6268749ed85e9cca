import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CoarseTimers } from './coarse-timers.js';

describe('CoarseTimers', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'performance', 'queueMicrotask'] }));
  afterEach(() => void vi.useRealTimers());

  it('come not before they are due, and at most 16 ms late', () => {
    const timers = new CoarseTimers();
    const late = [101, 500, 503.5, 1_999].map((delayMs) => {
      let at = Number.NaN;
      timers.schedule(() => (at = performance.now() - delayMs), delayMs);
      return () => at;
    });
    vi.advanceTimersByTime(2_100);
    for (const ms of late) {
      expect(ms()).toBeGreaterThanOrEqual(0);
      expect(ms()).toBeLessThan(17);
    }
  });

  it('share one timer of the platform for each step, which keeps no process alive', () => {
    const platform = vi.spyOn(globalThis, 'setTimeout');
    const timers = new CoarseTimers();
    for (let index = 0; index < 1_000; index++) timers.schedule(() => {}, 200 + (index % 16) / 16).cancel();
    expect(platform.mock.calls.length).toBeLessThanOrEqual(2);
    for (const { value } of platform.mock.results) expect((value as NodeJS.Timeout).hasRef()).toBe(false);
  });

  it('do not come once they are called off, also by another of the same step, and the others do', () => {
    const timers = new CoarseTimers();
    const came: number[] = [];
    const all = Array.from({ length: 6 }, (_, index) => timers.schedule(() => came.push(index), 300));
    for (const index of [0, 5, 2, 2]) all[index]?.cancel();
    const first = timers.schedule(() => all[3]?.cancel(), 300);
    vi.advanceTimersByTime(400);
    first.cancel();
    expect(came.sort()).toEqual([1, 4]);
  });

  it('may be set anew from within', () => {
    const timers = new CoarseTimers();
    let times = 0;
    const again = (): void => void (++times < 3 && timers.schedule(again, 200));
    timers.schedule(again, 200);
    vi.advanceTimersByTime(1_000);
    expect(times).toBe(3);
  });

  it('come also when they are due at the very moment of a step that is over', () => {
    const timers = new CoarseTimers();
    const now = performance.now();
    const step = Math.ceil((now + 160) / 16) * 16 - now;
    timers.schedule(() => {}, step);
    vi.advanceTimersByTime(step);
    let came = false;
    timers.schedule(() => (came = true), 0);
    vi.advanceTimersByTime(16);
    expect(came).toBe(true);
  });

  it('let the others come when one throws, and throw for themselves', () => {
    const thrown: unknown[] = [];
    vi.spyOn(globalThis, 'queueMicrotask').mockImplementation((task) => {
      try {
        task();
      } catch (error) {
        thrown.push(error);
      }
    });
    const timers = new CoarseTimers();
    let came = 0;
    const fail = new Error('of a task');
    for (let index = 0; index < 3; index++) {
      timers.schedule(() => {
        came++;
        if (index === 1) throw fail;
      }, 300);
    }
    vi.advanceTimersByTime(400);
    expect([came, thrown]).toEqual([3, [fail]]);
  });
});
