import { describe, expect, it } from 'vitest';
import { dependencies, execution, HeldWork, rejection } from '../test/fixtures.js';
import { TotalTimeoutStrategy } from './total-timeout.strategy.js';

describe('TotalTimeoutStrategy', () => {
  it('lowers the moment at which the call is due, counted from now', async () => {
    const { clock, deps } = dependencies();
    await clock.advance(100);
    const given = execution({ dueAt: 10_000 });
    void new TotalTimeoutStrategy({ timeoutMs: 500 }, deps).execute(given, new HeldWork().run);
    expect([given.dueAt, clock.pending]).toEqual([600, 0]);
  });

  it('never grants more time than the caller has', () => {
    const { deps } = dependencies();
    const given = execution({ dueAt: 200 });
    void new TotalTimeoutStrategy({ timeoutMs: 500 }, deps).execute(given, new HeldWork().run);
    expect(given.dueAt).toBe(200);
  });

  it('refuses a call that is late already with SERVICE_TIMEOUT and does not start it', async () => {
    const { clock, deps } = dependencies();
    await clock.advance(200);
    const work = new HeldWork();
    const strategy = new TotalTimeoutStrategy({ timeoutMs: 500 }, deps);
    expect(await rejection(strategy.execute(execution({ dueAt: 200 }), work.run))).toMatchObject({ code: 'SERVICE_TIMEOUT', by: 'deadline' });
    expect(work.started).toBe(0);
  });
});
