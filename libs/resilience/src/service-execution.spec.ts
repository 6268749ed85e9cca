import { PorticoError } from '@portico/core';
import { describe, expect, it } from 'vitest';
import { CountedCancellation, execution } from '../test/fixtures.js';

const reason = new PorticoError('CLIENT_CLOSED');

describe('ServiceExecution', () => {
  it('is the first attempt', () => {
    expect(execution().attempt).toBe(1);
  });

  it('forks the same call under a cancellation of its own', () => {
    const parent = execution({ dueAt: 70, repeatable: false });
    const fork = parent.fork(2);
    expect(fork).toMatchObject({ call: 'call', dueAt: 70, repeatable: false, attempt: 2 });
    fork.cancellation.cancel(reason);
    expect(parent.cancellation.cancelled).toBe(false);
  });

  it('gives up its forks with itself, and a fork made too late at once', () => {
    const parent = execution();
    const fork = parent.fork(1);
    parent.cancellation.cancel(reason);
    expect(fork.cancellation.reason).toBe(reason);
    expect(parent.fork(2).cancellation.reason).toBe(reason);
  });

  it('takes a released fork off its parent', () => {
    const cancellation = new CountedCancellation();
    const parent = execution({ cancellation });
    const fork = parent.fork(1);
    expect(cancellation.size).toBe(1);
    fork.release();
    parent.release();
    expect(cancellation.size).toBe(0);
    cancellation.cancel(reason);
    expect(fork.cancellation.cancelled).toBe(false);
  });
});
