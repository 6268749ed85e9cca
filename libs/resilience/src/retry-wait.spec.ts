import { settle } from '@portico/core/testing';
import { describe, expect, it } from 'vitest';
import { dependencies, execution, HeldWork, rejection, TestFailure } from '../test/fixtures.js';
import { RetryOptions } from './retry.config.js';
import { RetryStrategy } from './retry.strategy.js';

/** How long a retry waits after each of its failures. */
async function waits(chance: number, failures: number, overrides: Partial<RetryOptions> = {}): Promise<number[]> {
  const { clock, deps } = dependencies(chance);
  const work = new HeldWork();
  const options = { ...new RetryOptions(), maxAttempts: failures + 1, baseDelayMs: 100, maxDelayMs: 350, ...overrides };
  const call = new RetryStrategy(options, deps).execute(execution(), work.run);
  const found: number[] = [];
  for (let index = 0; index < failures; index++) {
    work.fail(index);
    await clock.advance(0);
    let waited = 0;
    for (; work.started === index + 1; waited++) await clock.advance(1);
    found.push(waited);
  }
  work.succeed(failures);
  await call;
  return found;
}

describe('the wait of RetryStrategy', () => {
  it('doubles its upper bound with each attempt up to maxDelayMs', async () => {
    expect(await waits(0.999_999, 4)).toEqual([100, 200, 350, 350]);
  });

  it('is a random share of its upper bound, down to none', async () => {
    expect(await waits(0.5, 3)).toEqual([50, 100, 175]);
    expect(await waits(0, 2)).toEqual([0, 0]);
  });

  it('is never shorter than the service asked for', async () => {
    const { clock, deps } = dependencies(0);
    const work = new HeldWork();
    void new RetryStrategy({ ...new RetryOptions(), baseDelayMs: 100 }, deps).execute(execution(), work.run);
    work.fail(0, new TestFailure({ retryAfterMs: 2_000 }));
    await clock.advance(1_999);
    expect(work.started).toBe(1);
    await clock.advance(1);
    expect(work.started).toBe(2);
  });

  it.each([
    ['fits just before the call is due', 2_001, 2],
    ['would end when the call is due', 2_000, 1],
    ['would end after the call is due', 1_500, 1],
  ])('decides at once when it %s', async (_, dueAt, attempts) => {
    const { clock, events, deps } = dependencies(0);
    const work = new HeldWork();
    const failure = new TestFailure({ retryAfterMs: 2_000 });
    const outcome = new RetryStrategy(new RetryOptions(), deps).execute(execution({ dueAt }), work.run).catch((error: unknown) => error);
    work.fail(0, failure);
    await settle();
    expect(clock.pending).toBe(attempts - 1);
    expect(events).toEqual(attempts === 2 ? ['retried'] : []);
    if (attempts === 1) expect(await outcome).toBe(failure);
    await clock.advance(2_000);
    expect(work.started).toBe(attempts);
  });

  it('is not paid from the budget when it does not fit', async () => {
    const { clock, events, deps } = dependencies(0);
    const work = new HeldWork();
    const strategy = new RetryStrategy({ ...new RetryOptions(), budgetPercent: 0, minRetriesPerSecond: 1 }, deps);
    const late = rejection(strategy.execute(execution({ dueAt: 100 }), work.run));
    work.fail(0, new TestFailure({ retryAfterMs: 100 }));
    await late;
    void strategy.execute(execution(), work.run);
    work.fail(1);
    await clock.advance(1);
    expect([work.started, events]).toEqual([3, ['retried']]);
  });
});
