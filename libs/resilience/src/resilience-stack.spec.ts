import { PorticoError } from '@portico/core';
import { settle } from '@portico/core/testing';
import { describe, expect, it } from 'vitest';
import { CountedCancellation, dependencies, execution, HeldWork, rejection, TestFailure } from '../test/fixtures.js';
import { compose } from './compose.js';
import { resilienceStack } from './resilience-stack.js';
import { ResilienceOptions, type ResilienceSettings } from './resilience.config.js';

function stack(settings: ResilienceSettings = {}, chance = 0) {
  const { clock, events, deps } = dependencies(chance);
  const work = new HeldWork();
  return { clock, events, work, call: compose<string, string>(resilienceStack(new ResilienceOptions(settings), deps), work.run) };
}

const namesOf = (settings: ResilienceSettings) => resilienceStack(new ResilienceOptions(settings), dependencies().deps).map(({ name }) => name);

describe('resilienceStack', () => {
  it('has one order, with hedging between retry and circuit breaker when it is on', () => {
    expect(namesOf({})).toEqual(['bulkhead', 'totalTimeout', 'retry', 'circuitBreaker', 'attemptTimeout']);
    expect(namesOf({ hedge: {} })).toEqual(['bulkhead', 'totalTimeout', 'retry', 'hedge', 'circuitBreaker', 'attemptTimeout']);
  });

  it('counts every attempt of a retried call against the circuit, and stops retrying when it opens', async () => {
    const { clock, events, work, call } = stack({ circuitBreaker: { failureThreshold: 2 }, retry: { maxAttempts: 5 } });
    const result = rejection(call(execution()));
    work.fail(0);
    await clock.advance(0);
    work.fail(1);
    await clock.advance(0);
    expect(await result).toMatchObject({ by: 'circuitBreaker' });
    expect(work.started).toBe(2);
    expect(events).toEqual(['retried', 'breaker-opened', 'retried', 'breaker-refused']);
  });

  it('aborts an attempt that takes too long and tries again, all within the total timeout', async () => {
    const { clock, work, call } = stack({ totalTimeout: { timeoutMs: 250 }, attemptTimeout: { timeoutMs: 100 }, retry: { maxAttempts: 9 } });
    const given = execution();
    const result = rejection(call(given));
    await clock.advance(100);
    expect(work.executions[0]!.cancellation.reason?.code).toBe('SERVICE_TIMEOUT');
    await clock.advance(100);
    expect(work.started).toBe(3);
    await clock.advance(50);
    expect(await result).toMatchObject({ code: 'SERVICE_TIMEOUT' });
    expect([work.started, clock.pending, given.cancellation.cancelled]).toEqual([3, 0, false]);
  });

  it('keeps its place in the bulkhead while it waits for a retry', async () => {
    const { clock, work, call } = stack({ bulkhead: { maxConcurrent: 1, maxQueued: 1 } }, 0.9);
    const first = call(execution());
    const second = call(execution());
    work.fail(0);
    await settle();
    expect(work.started).toBe(1);
    await clock.advance(50);
    work.succeed(1, 'first');
    expect(await first).toBe('first');
    await settle();
    work.succeed(2, 'second');
    expect(await second).toBe('second');
  });

  it.each<[string, ResilienceSettings]>([
    ['without hedging', {}],
    ['with hedging', { hedge: { delayMs: 10, budgetPercent: 100 } }],
  ])('leaves no timer and no cancellation member behind after success, failure, timeout and cancellation, %s', async (_, settings) => {
    const { clock, work, call } = stack({ ...settings, bulkhead: { maxConcurrent: 3 }, retry: { maxAttempts: 2 }, circuitBreaker: { failureThreshold: 100 } });
    const cancellation = new CountedCancellation();
    const calls = Array.from({ length: 5 }, () => call(execution({ cancellation })).catch((error: unknown) => error));
    await settle();
    work.succeed(0);
    work.fail(1, new TestFailure({ retryable: false }));
    await clock.advance(20_000);
    await Promise.all(calls);
    expect([clock.pending, cancellation.size]).toEqual([0, 0]);

    const left = Array.from({ length: 5 }, () => rejection(call(execution({ cancellation, dueAt: 60_000 }))));
    await clock.advance(20);
    const reason = new PorticoError('CLIENT_CLOSED');
    cancellation.cancel(reason);
    expect(await Promise.all(left)).toEqual(left.map(() => reason));
    expect([clock.pending, cancellation.size]).toEqual([0, 0]);
  });
});
