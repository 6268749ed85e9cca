import { PorticoError } from '@portico/core';
import { settle } from '@portico/core/testing';
import { describe, expect, it } from 'vitest';
import { dependencies, execution, HeldWork, rejection, TestFailure } from '../test/fixtures.js';
import { CircuitBreakerOptions } from './circuit-breaker.config.js';
import { CircuitBreakerStrategy } from './circuit-breaker.strategy.js';
import { compose } from './compose.js';
import type { Execution, Work } from './execution.js';
import { Refusal } from './refusal.js';

function circuitBreaker(overrides: Partial<CircuitBreakerOptions> = {}) {
  const { clock, events, deps } = dependencies();
  const strategy = new CircuitBreakerStrategy({ ...new CircuitBreakerOptions(), failureThreshold: 3, openMs: 5_000, ...overrides }, deps);
  const call = <T>(given: Execution<string>, work: Work<string, T>) => compose<string, T>([strategy], work)(given);
  const succeed = () => call(execution(), async () => 'value');
  const fail = (error: unknown = new TestFailure()) => rejection(call(execution(), () => Promise.reject(error)));
  const open = async () => {
    for (let count = 0; count < 3; count++) await fail();
  };
  return { clock, events, strategy, call, succeed, fail, open };
}

const refused = { code: 'SERVICE_UNAVAILABLE', by: 'circuitBreaker' };

describe('a closed circuit', () => {
  it('opens after so many failures in a row and passes each of them on', async () => {
    const { events, strategy, fail } = circuitBreaker();
    const error = new TestFailure();
    expect([await fail(error), await fail(error)]).toEqual([error, error]);
    expect([strategy.state.kind, events]).toEqual(['closed', []]);
    await fail();
    expect([strategy.state, events]).toEqual([{ kind: 'open', until: 5_000 }, ['breaker-opened']]);
  });

  it('begins to count anew with a success', async () => {
    const { strategy, succeed, fail } = circuitBreaker();
    for (const call of [fail, fail, succeed, fail, fail]) await call();
    expect(strategy.state.kind).toBe('closed');
  });

  it('takes an error that is not the fault of the service, but was sent, for a sign of life', async () => {
    const { strategy, fail } = circuitBreaker();
    await fail();
    await fail();
    await fail(new TestFailure({ countsAgainstService: false, sent: true }));
    await fail();
    await fail();
    expect(strategy.state.kind).toBe('closed');
  });

  it.each([
    ['was never sent', new TestFailure({ countsAgainstService: false, sent: false })],
    ['was refused on this side', new Refusal('deadline')],
  ])('neither counts nor forgives what %s', async (_, error) => {
    const { strategy, fail } = circuitBreaker();
    await fail();
    await fail();
    await fail(error);
    expect(strategy.state.kind).toBe('closed');
    await fail();
    expect(strategy.state.kind).toBe('open');
  });

  it('does not count what the client gave up, whatever error comes of it', async () => {
    const { strategy } = circuitBreaker({ failureThreshold: 1 });
    const work = new HeldWork();
    const given = execution();
    const left = rejection(strategy.execute(given, work.run));
    given.cancellation.cancel(new PorticoError('CLIENT_CLOSED'));
    work.fail(0, new TestFailure());
    await left;
    expect(strategy.state.kind).toBe('closed');
  });

  it('counts an attempt that timed out', async () => {
    const { strategy } = circuitBreaker({ failureThreshold: 1 });
    const given = execution();
    const timeout = new PorticoError('SERVICE_TIMEOUT');
    given.cancellation.cancel(timeout);
    await rejection(strategy.execute(given, () => Promise.reject(timeout)));
    expect(strategy.state.kind).toBe('open');
  });

  it('opens by the share of failures when failureRatio is set', async () => {
    const { strategy, succeed, fail } = circuitBreaker({ failureRatio: 0.5, minimumCalls: 6 });
    for (const call of [fail, fail, fail, succeed, succeed]) await call();
    expect(strategy.state.kind).toBe('closed');
    await fail();
    expect(strategy.state.kind).toBe('open');
  });
});

describe('an open circuit', () => {
  it('refuses every call without starting it, and says in whole seconds how long', async () => {
    const { clock, events, call, open } = circuitBreaker();
    await open();
    const work = new HeldWork();
    const refusal = () => rejection(call(execution(), work.run));
    expect(await refusal()).toMatchObject({ ...refused, headers: { 'retry-after': '5' } });
    await clock.advance(2_999);
    expect(await refusal()).toMatchObject({ headers: { 'retry-after': '3' } });
    await clock.advance(2_000);
    expect(await refusal()).toMatchObject({ headers: { 'retry-after': '1' } });
    expect(work.started).toBe(0);
    expect(events).toEqual(['breaker-opened', 'breaker-refused', 'breaker-refused', 'breaker-refused']);
  });

  it('is not changed by calls that began before it opened', async () => {
    const { clock, strategy, open } = circuitBreaker();
    const work = new HeldWork();
    const calls = [strategy.execute(execution(), work.run), strategy.execute(execution(), work.run).catch(() => 'failed')];
    await open();
    await clock.advance(1_000);
    work.succeed(0);
    work.fail(1);
    await Promise.all(calls);
    expect(strategy.state).toEqual({ kind: 'open', until: 5_000 });
  });
});

describe('a half-open circuit', () => {
  async function halfOpen(halfOpenTrials: number) {
    const made = circuitBreaker({ halfOpenTrials });
    await made.open();
    await made.clock.advance(5_000);
    made.events.length = 0;
    const work = new HeldWork();
    const begin = (given = execution()) => made.call(given, work.run).catch((error: unknown) => error);
    return { ...made, work, begin };
  }

  it('lets exactly as many trials through as configured, however many come at once', async () => {
    const { work, begin, events } = await halfOpen(3);
    const calls = Array.from({ length: 20 }, () => begin());
    expect(work.started).toBe(3);
    expect(await Promise.all(calls.slice(3))).toEqual(Array.from({ length: 17 }, () => expect.objectContaining({ ...refused, headers: { 'retry-after': '1' } })));
    expect(events.filter((event) => event === 'breaker-half-opened')).toHaveLength(1);
  });

  it('admits no further trial in place of one that has succeeded', async () => {
    const { strategy, work, begin } = await halfOpen(2);
    const first = begin();
    void begin();
    work.succeed(0);
    await first;
    expect(await begin()).toMatchObject(refused);
    expect([work.started, strategy.state.kind]).toEqual([2, 'half-open']);
  });

  it('closes when all trials have succeeded, and begins to count anew', async () => {
    const { events, strategy, work, begin, fail } = await halfOpen(2);
    const calls = [begin(), begin()];
    work.succeed(0);
    work.succeed(1);
    await Promise.all(calls);
    expect([strategy.state.kind, events]).toEqual(['closed', ['breaker-half-opened', 'breaker-closed']]);
    await fail();
    await fail();
    expect(strategy.state.kind).toBe('closed');
  });

  it('opens again for the whole time when one trial fails, and ignores the others', async () => {
    const { events, strategy, work, begin } = await halfOpen(2);
    const calls = [begin(), begin()];
    work.fail(0);
    await settle();
    work.succeed(1);
    await Promise.all(calls);
    expect(strategy.state).toEqual({ kind: 'open', until: 10_000 });
    expect(events).toEqual(['breaker-half-opened', 'breaker-opened']);
  });

  it('gives a trial back that the client gave up', async () => {
    const { strategy, work, begin } = await halfOpen(1);
    const given = execution();
    const left = begin(given);
    given.cancellation.cancel(new PorticoError('CLIENT_CLOSED'));
    work.fail(0, new PorticoError('CLIENT_CLOSED'));
    await left;
    expect(strategy.state.kind).toBe('half-open');
    const trial = begin();
    expect(await begin()).toMatchObject(refused);
    work.succeed(1);
    await trial;
    expect([work.started, strategy.state.kind]).toEqual([2, 'closed']);
  });
});
