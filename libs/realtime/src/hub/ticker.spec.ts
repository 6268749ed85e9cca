import { ManualClock } from '@portico/core/testing';
import { describe, expect, it } from 'vitest';
import { Ticker, type Ticking } from './ticker.js';

describe('a ticker', () => {
  it('runs one timer while it has members, also when they change during a tick', async () => {
    const clock = new ManualClock();
    const ticks: unknown[] = [];
    const ticker = new Ticker<Ticking>(clock, 10);
    const second: Ticking = { tick: (nowMs) => void ticks.push(['second', nowMs]) };
    const first: Ticking = {
      tick: (nowMs) => {
        ticks.push(['first', nowMs]);
        ticker.delete(first);
        ticker.add(second);
      },
    };
    ticker.add(first);
    await clock.advance(30);
    expect([ticks, clock.pending, ticker.nowMs]).toEqual([[['first', 10], ['second', 10], ['second', 20], ['second', 30]], 1, 30]);
    ticker.delete(second);
    expect([clock.pending, ticker.members.size]).toEqual([0, 0]);
  });
});
