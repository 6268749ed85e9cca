import { PorticoError } from '@portico/core';
import { settle } from '@portico/core/testing';
import { describe, expect, it } from 'vitest';
import { CountedCancellation, dependencies, execution, HeldWork, rejection, TestFailure } from '../test/fixtures.js';
import type { HedgeOptions } from './hedge.config.js';
import { HedgeStrategy } from './hedge.strategy.js';

function hedge(overrides: Partial<HedgeOptions> = {}) {
  const { clock, events, deps } = dependencies();
  const work = new HeldWork();
  const strategy = new HedgeStrategy({ delayMs: 50, budgetPercent: 100, ...overrides }, deps);
  return { clock, events, work, call: (given = execution()) => strategy.execute<string, string>(given, work.run) };
}

describe('HedgeStrategy', () => {
  it('starts a rival after the delay, and not before', async () => {
    const { clock, events, work, call } = hedge();
    void call();
    await clock.advance(49);
    expect(work.started).toBe(1);
    await clock.advance(1);
    expect(work.executions.map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect(events).toEqual(['hedged']);
  });

  it('needs no rival when the first attempt is quick', async () => {
    const { clock, events, work, call } = hedge();
    const result = call();
    work.succeed(0);
    expect(await result).toBe('value 0');
    expect([clock.pending, events]).toEqual([0, []]);
  });

  it.each([
    ['the rival', 1, 0],
    ['the first attempt', 0, 1],
  ])('takes the first success, here of %s, and cancels the loser only', async (_, winner, loser) => {
    const { clock, work, call } = hedge();
    const result = call();
    await clock.advance(50);
    work.succeed(winner);
    expect(await result).toBe(`value ${winner}`);
    expect(work.executions[loser]!.cancellation.reason?.code).toBe('CLIENT_CLOSED');
    expect(work.executions[winner]!.cancellation.cancelled).toBe(false);
  });

  it('leaves a failure before the delay to the retry', async () => {
    const { clock, work, call } = hedge();
    const result = rejection(call());
    const error = new TestFailure();
    work.fail(0, error);
    expect(await result).toBe(error);
    expect([work.started, clock.pending]).toEqual([1, 0]);
  });

  it('waits for the other one when one of both fails, and rejects with the last error when both do', async () => {
    const { clock, work, call } = hedge();
    const results = [call(), rejection(call())];
    await clock.advance(50);
    const last = new TestFailure();
    work.fail(2);
    work.fail(1);
    await settle();
    work.succeed(0);
    work.fail(3, last);
    expect(await Promise.all(results)).toEqual(['value 0', last]);
  });

  it('passes a call that is not repeatable straight through', async () => {
    const { clock, work, call } = hedge();
    const given = execution({ repeatable: false });
    void call(given);
    expect(clock.pending).toBe(0);
    expect(work.executions).toEqual([given]);
  });

  it('starts no more rivals than its budget allows', async () => {
    const { clock, events, call } = hedge({ budgetPercent: 5 });
    for (let count = 0; count < 40; count++) void call();
    await clock.advance(50);
    expect(events).toEqual(['hedged', 'hedged']);
  });

  it('starts no rival that could only come too late', () => {
    const { clock, call } = hedge();
    void call(execution({ dueAt: 50 }));
    expect(clock.pending).toBe(0);
  });

  it('learns the delay from the latency it sees when it is p95', async () => {
    const { clock, work, call } = hedge({ delayMs: 'p95' });
    for (let index = 0; index < 20; index++) {
      const result = call();
      expect(clock.pending).toBe(0);
      await clock.advance(30);
      work.succeed(index);
      await result;
    }
    void call();
    await clock.advance(29);
    expect(work.started).toBe(21);
    await clock.advance(1);
    expect(work.started).toBe(22);
  });

  it('rejects with the reason at once when it is given up, before and after it has begun', async () => {
    const { clock, work, call } = hedge();
    const given = execution();
    const left = rejection(call(given));
    const reason = new PorticoError('CLIENT_CLOSED');
    given.cancellation.cancel(reason);
    expect(await left).toBe(reason);
    expect(work.executions[0]!.cancellation.reason).toBe(reason);
    expect(await rejection(call(given))).toBe(reason);
    expect([work.started, clock.pending]).toEqual([1, 0]);
  });

  it('leaves neither timer nor member behind', async () => {
    const { clock, work, call } = hedge();
    const cancellation = new CountedCancellation();
    const results = [call(execution({ cancellation })), call(execution({ cancellation })), rejection(call(execution({ cancellation })))];
    work.fail(2);
    await clock.advance(50);
    work.succeed(0);
    work.succeed(4);
    await Promise.all(results);
    expect([clock.pending, cancellation.size]).toEqual([0, 0]);
  });
});
