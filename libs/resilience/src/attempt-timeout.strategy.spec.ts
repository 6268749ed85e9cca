import { PorticoError } from '@portico/core';
import { settle } from '@portico/core/testing';
import { describe, expect, it } from 'vitest';
import { CountedCancellation, dependencies, execution, HeldWork, rejection } from '../test/fixtures.js';
import { AttemptTimeoutStrategy } from './attempt-timeout.strategy.js';

function attemptTimeout(timeoutMs: number) {
  const { clock, deps } = dependencies();
  const work = new HeldWork();
  const strategy = new AttemptTimeoutStrategy({ timeoutMs }, deps);
  return { clock, work, attempt: (given = execution()) => strategy.execute<string, string>(given, work.run) };
}

describe('AttemptTimeoutStrategy', () => {
  it('rejects with SERVICE_TIMEOUT and aborts the work when it takes too long', async () => {
    const { clock, attempt } = attemptTimeout(500);
    const cancellation = new CountedCancellation();
    const given = execution({ cancellation });
    let aborted: PorticoError | undefined;
    const timedOut = rejection(attempt(given));
    cancellation.add({ cancel: (why) => (aborted = why) });
    await clock.advance(499);
    expect(aborted).toBeUndefined();
    await clock.advance(1);
    expect(await timedOut).toMatchObject({ code: 'SERVICE_TIMEOUT' });
    expect(aborted).toBe(await timedOut);
    expect(clock.pending).toBe(0);
  });

  it('takes only what is left until the call is due', async () => {
    const { clock, attempt } = attemptTimeout(500);
    const given = execution({ dueAt: 120 });
    const timedOut = rejection(attempt(given));
    await clock.advance(120);
    expect(given.cancellation.cancelled).toBe(true);
    expect(await timedOut).toMatchObject({ code: 'SERVICE_TIMEOUT' });
  });

  it('passes value and error of the work on, and leaves neither timer nor member behind', async () => {
    const { clock, work, attempt } = attemptTimeout(500);
    const cancellation = new CountedCancellation();
    const success = attempt(execution({ cancellation }));
    const failure = rejection(attempt(execution({ cancellation })));
    expect([clock.pending, cancellation.size]).toEqual([2, 2]);
    const error = new Error('reset');
    work.succeed(0, 'value');
    work.fail(1, error);
    expect(await success).toBe('value');
    expect(await failure).toBe(error);
    expect([clock.pending, cancellation.size]).toEqual([0, 0]);
  });

  it('rejects with the reason at once when the attempt is given up, however long the work takes to notice', async () => {
    const { clock, work, attempt } = attemptTimeout(500);
    const given = execution();
    const left = rejection(attempt(given));
    const reason = new PorticoError('CLIENT_CLOSED');
    given.cancellation.cancel(reason);
    expect(await left).toBe(reason);
    expect(clock.pending).toBe(0);
    work.fail(0);
    await settle();
  });

  it('does not start an attempt that is late or given up already', async () => {
    const { clock, work, attempt } = attemptTimeout(500);
    expect(await rejection(attempt(execution({ dueAt: 0 })))).toMatchObject({ code: 'SERVICE_TIMEOUT', by: 'deadline' });
    const given = execution();
    const reason = new PorticoError('CLIENT_CLOSED');
    given.cancellation.cancel(reason);
    expect(await rejection(attempt(given))).toBe(reason);
    expect([work.started, clock.pending]).toEqual([0, 0]);
  });
});
