import { PorticoError } from '@portico/core';
import { settle } from '@portico/core/testing';
import { describe, expect, it } from 'vitest';
import { CountedCancellation, dependencies, execution, HeldWork, rejection } from '../test/fixtures.js';
import { BulkheadStrategy } from './bulkhead.strategy.js';
import { compose } from './compose.js';

function bulkhead(maxConcurrent: number, maxQueued: number) {
  const { clock, events, deps } = dependencies();
  const strategy = new BulkheadStrategy({ maxConcurrent, maxQueued }, deps);
  const work = new HeldWork();
  return { clock, events, strategy, work, call: compose<string, string>([strategy], work.run) };
}

describe('BulkheadStrategy', () => {
  it('lets so many calls run at once and keeps the next ones waiting', async () => {
    const { strategy, work, call } = bulkhead(2, 5);
    const calls = [call(execution()), call(execution()), call(execution())];
    await settle();
    expect([work.started, strategy.active, strategy.queued]).toEqual([2, 2, 1]);
    work.succeed(0);
    await settle();
    expect([work.started, strategy.active, strategy.queued]).toEqual([3, 2, 0]);
    work.fail(1);
    work.succeed(2);
    await Promise.allSettled(calls);
    expect([strategy.active, strategy.queued]).toEqual([0, 0]);
  });

  it('refuses what neither runs nor may wait, with SERVICE_UNAVAILABLE and retry-after', async () => {
    const { events, work, call } = bulkhead(1, 1);
    void call(execution());
    void call(execution());
    expect(await rejection(call(execution()))).toMatchObject({ code: 'SERVICE_UNAVAILABLE', headers: { 'retry-after': '1' }, by: 'bulkhead' });
    expect([work.started, events]).toEqual([1, ['bulkhead-refused']]);
  });

  it('admits in the order of arrival', async () => {
    const { work, call } = bulkhead(1, 5);
    const arrivals = [execution(), execution(), execution(), execution()];
    for (const arrival of arrivals) void call(arrival);
    for (const index of arrivals.keys()) {
      await settle();
      work.succeed(index);
    }
    await settle();
    expect(work.executions).toEqual(arrivals);
    expect(work.executions.every((given, index) => given === arrivals[index])).toBe(true);
  });

  it('never lets a newcomer overtake the one that was just admitted', async () => {
    const { strategy, work, call } = bulkhead(1, 5);
    void call(execution());
    const waiting = execution();
    void call(waiting);
    work.succeed(0);
    const newcomer = execution();
    void call(newcomer);
    await settle();
    expect(work.executions[1]).toBe(waiting);
    expect([strategy.active, strategy.queued]).toEqual([1, 1]);
  });

  it('sends a queued call away with SERVICE_TIMEOUT when its time is over', async () => {
    const { clock, strategy, work, call } = bulkhead(1, 5);
    void call(execution());
    const late = rejection(call(execution({ dueAt: 300 })));
    await clock.advance(299);
    expect(strategy.queued).toBe(1);
    await clock.advance(1);
    expect(await late).toMatchObject({ code: 'SERVICE_TIMEOUT' });
    expect([strategy.queued, work.started, clock.pending]).toEqual([0, 1, 0]);
  });

  it('rejects a queued call with the reason as soon as it is given up, and admits the next one instead', async () => {
    const { clock, strategy, work, call } = bulkhead(1, 5);
    void call(execution());
    const given = execution();
    const left = rejection(call(given));
    const next = execution();
    void call(next);
    const reason = new PorticoError('CLIENT_CLOSED');
    given.cancellation.cancel(reason);
    expect(await left).toBe(reason);
    expect(strategy.queued).toBe(1);
    work.succeed(0);
    await settle();
    expect(work.executions[1]).toBe(next);
    expect(clock.pending).toBe(0);
  });

  it('does not queue a call that is late or given up already', async () => {
    const { clock, strategy, call } = bulkhead(1, 5);
    void call(execution());
    expect(await rejection(call(execution({ dueAt: 0 })))).toMatchObject({ code: 'SERVICE_TIMEOUT' });
    const given = execution();
    const reason = new PorticoError('CLIENT_CLOSED');
    given.cancellation.cancel(reason);
    expect(await rejection(call(given))).toBe(reason);
    expect([strategy.queued, clock.pending]).toEqual([0, 0]);
  });

  it('leaves neither timer nor cancellation member behind, and sets no timer for a call that is never due', async () => {
    const { clock, work, call } = bulkhead(1, 5);
    const cancellation = new CountedCancellation();
    const calls = [call(execution({ cancellation })), call(execution({ cancellation })), call(execution({ cancellation, dueAt: Infinity }))];
    expect([clock.pending, cancellation.size]).toEqual([1, 2]);
    for (const index of calls.keys()) {
      work.succeed(index);
      await settle();
    }
    expect(await Promise.all(calls)).toHaveLength(3);
    expect([clock.pending, cancellation.size]).toEqual([0, 0]);
  });
});
