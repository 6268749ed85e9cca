import { ManualClock } from '@portico/core/testing';
import { describe, expect, it } from 'vitest';
import { dependencies, execution, rejection, TestFailure } from '../test/fixtures.js';
import { AttemptBudget } from './attempt-budget.js';
import { RetryOptions } from './retry.config.js';
import { RetryStrategy } from './retry.strategy.js';

function takes(budget: AttemptBudget, attempts: number): number {
  let taken = 0;
  for (let index = 0; index < attempts; index++) if (budget.take()) taken++;
  return taken;
}

function callsStarted(budget: AttemptBudget, calls: number): void {
  for (let index = 0; index < calls; index++) budget.callStarted();
}

describe('AttemptBudget', () => {
  it('allows a percentage of the calls', () => {
    const budget = new AttemptBudget(20, 0, new ManualClock());
    callsStarted(budget, 4);
    expect(takes(budget, 10)).toBe(0);
    callsStarted(budget, 96);
    expect(takes(budget, 100)).toBe(20);
  });

  it('forgets calls and attempts that are older than ten seconds', async () => {
    const clock = new ManualClock();
    const budget = new AttemptBudget(20, 0, clock);
    callsStarted(budget, 100);
    expect(takes(budget, 5)).toBe(5);
    await clock.advance(5_000);
    callsStarted(budget, 50);
    await clock.advance(5_000);
    expect(takes(budget, 6)).toBe(6);
    expect(takes(budget, 100)).toBe(4);
    callsStarted(budget, 50);
    await clock.advance(10_000);
    expect(takes(budget, 100)).toBe(0);
  });

  it('allows so many a second besides, and saves no more than one second of them', async () => {
    const clock = new ManualClock();
    const budget = new AttemptBudget(0, 3, clock);
    expect(takes(budget, 10)).toBe(3);
    await clock.advance(334);
    expect(takes(budget, 10)).toBe(1);
    await clock.advance(60_000);
    expect(takes(budget, 10)).toBe(3);
  });

  it('adds both', () => {
    const budget = new AttemptBudget(10, 2, new ManualClock());
    callsStarted(budget, 50);
    expect(takes(budget, 100)).toBe(7);
  });
});

describe('the budget of RetryStrategy', () => {
  it('is shared by all calls to the service and lets the last error through when it is empty', async () => {
    const { clock, events, deps } = dependencies(0);
    const strategy = new RetryStrategy({ ...new RetryOptions(), budgetPercent: 10, minRetriesPerSecond: 0 }, deps);
    const failure = new TestFailure();
    let attempts = 0;
    const calls = Array.from({ length: 50 }, () => {
      return rejection(strategy.execute(execution(), () => Promise.reject((attempts++, failure))));
    });
    await clock.advance(10);
    expect(await Promise.all(calls)).toEqual(calls.map(() => failure));
    expect(attempts).toBe(55);
    expect(events.filter((event) => event === 'retried')).toHaveLength(5);
    expect(events.filter((event) => event === 'retry-budget-empty')).toHaveLength(50);
    expect(clock.pending).toBe(0);
  });
});
