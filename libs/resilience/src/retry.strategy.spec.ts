import { PorticoError } from '@portico/core';
import { settle } from '@portico/core/testing';
import { describe, expect, it } from 'vitest';
import { CountedCancellation, dependencies, execution, HeldWork, rejection, TestFailure } from '../test/fixtures.js';
import { Refusal } from './refusal.js';
import { RetryOptions } from './retry.config.js';
import { RetryStrategy } from './retry.strategy.js';

function retry(overrides: Partial<RetryOptions> = {}, chance = 0.5) {
  const { clock, events, deps } = dependencies(chance);
  const work = new HeldWork();
  const strategy = new RetryStrategy({ ...new RetryOptions(), baseDelayMs: 100, ...overrides }, deps);
  return { clock, events, work, call: (given = execution()) => strategy.execute<string, string>(given, work.run) };
}

describe('RetryStrategy', () => {
  it('repeats a failed attempt and numbers the attempts from 1', async () => {
    const { clock, events, work, call } = retry();
    const result = call();
    work.fail(0);
    await clock.advance(100);
    work.succeed(1, 'second');
    expect(await result).toBe('second');
    expect(work.executions.map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect(events).toEqual(['retried']);
  });

  it('stops after maxAttempts with the last error', async () => {
    const { clock, work, call } = retry({ maxAttempts: 2 });
    const result = rejection(call());
    work.fail(0);
    await clock.advance(1_000);
    const last = new TestFailure();
    work.fail(1, last);
    expect(await result).toBe(last);
    expect([work.started, clock.pending]).toEqual([2, 0]);
  });

  it.each([
    ['the failure will not pass', { retryable: false }, true],
    ['the call was sent and is not repeatable', { sent: true }, false],
  ])('does not repeat when %s', async (_, failure, repeatable) => {
    const { work, call } = retry();
    const result = rejection(call(execution({ repeatable })));
    work.fail(0, new TestFailure(failure));
    await result;
    expect(work.started).toBe(1);
  });

  it('repeats a call that is not repeatable when it was never sent', async () => {
    const { clock, work, call } = retry();
    const result = call(execution({ repeatable: false }));
    work.fail(0, new TestFailure({ sent: false }));
    await clock.advance(100);
    work.succeed(1);
    expect(await result).toBe('value 1');
  });

  it('does not repeat what an open circuit refused', async () => {
    const { work, call } = retry();
    const result = rejection(call());
    work.fail(0, new Refusal('circuitBreaker'));
    expect(await result).toMatchObject({ by: 'circuitBreaker' });
    expect(work.started).toBe(1);
  });

  it('gives every attempt a fork that can be cancelled alone', async () => {
    const { clock, work, call } = retry();
    const result = call();
    work.executions[0]!.cancellation.cancel(new PorticoError('SERVICE_TIMEOUT'));
    work.fail(0, work.executions[0]!.cancellation.reason);
    await clock.advance(100);
    expect(work.executions[1]!.cancellation.cancelled).toBe(false);
    work.succeed(1);
    expect(await result).toBe('value 1');
  });

  it('rejects with the reason at once when it is given up while waiting', async () => {
    const { clock, work, call } = retry();
    const given = execution();
    const result = rejection(call(given));
    work.fail(0);
    await settle();
    expect(clock.pending).toBe(1);
    const reason = new PorticoError('CLIENT_CLOSED');
    given.cancellation.cancel(reason);
    expect(await result).toBe(reason);
    expect([work.started, clock.pending]).toEqual([1, 0]);
  });

  it('neither starts nor repeats what was given up', async () => {
    const { events, work, call } = retry();
    const reason = new PorticoError('CLIENT_CLOSED');
    const given = execution();
    const result = rejection(call(given));
    given.cancellation.cancel(reason);
    work.fail(0);
    await result;
    expect(await rejection(call(given))).toBe(reason);
    expect([work.started, events]).toEqual([1, []]);
  });

  it('leaves no member on the cancellation of the call', async () => {
    const { clock, work, call } = retry({ maxAttempts: 2 });
    const cancellation = new CountedCancellation();
    const results = [call(execution({ cancellation })), rejection(call(execution({ cancellation })))];
    work.fail(0);
    work.fail(1);
    await clock.advance(100);
    expect(cancellation.size).toBe(2);
    work.succeed(2);
    work.fail(3);
    await Promise.all(results);
    expect([cancellation.size, clock.pending]).toEqual([0, 0]);
  });
});
