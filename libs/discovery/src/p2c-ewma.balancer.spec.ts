import { ManualClock } from '@portico/core/testing';
import { describe, expect, it } from 'vitest';
import { scripted, states } from '../test/fixtures.js';
import { sharesOf, Traffic, type Behaviour } from '../test/traffic.js';
import type { InstanceState } from './instance-state.js';
import { P2cEwmaBalancer } from './p2c-ewma.balancer.js';

function traffic(behave: (state: InstanceState) => Behaviour): Traffic {
  return new Traffic((clock) => new P2cEwmaBalancer(undefined, clock), behave);
}

const steady = (slow: string, ms: number, fails = false) => (state: InstanceState): Behaviour => (state.instance.id === slow ? { ms, fails } : { ms: 20 });

describe('P2cEwmaBalancer', () => {
  it('goes by the calls under way for the weight as long as nothing is known', () => {
    const balancer = new P2cEwmaBalancer(undefined, new ManualClock());
    const [a, b] = states(4, 1) as [InstanceState, InstanceState];
    a.active = 3;
    b.active = 1;
    expect(balancer.pick([a, b], scripted(0.99, 0))).toBe(a);
    a.active = 8;
    expect(balancer.pick([a, b], scripted(0, 0))).toBe(b);
  });

  it('shares instances that are alike evenly', () => {
    const { calls } = traffic(() => ({ ms: 20 })).run(states(1, 1, 1, 1), 20_000, 2);
    for (const share of sharesOf(calls)) expect(Math.abs(share - 0.25)).toBeLessThan(0.03);
  });

  it('gives a slow instance little, and its share back once it is fast again', () => {
    const candidates = states(1, 1, 1, 1);
    let ms = 400;
    const run = traffic((state) => ({ ms: state === candidates[1] ? ms : 20 }));
    run.run(candidates, 10_000, 5);
    expect(sharesOf(run.run(candidates, 20_000, 5).calls)[1]).toBeLessThan(0.04);
    ms = 20;
    run.run(candidates, 120_000, 5);
    expect(sharesOf(run.run(candidates, 20_000, 5).calls)[1]).toBeGreaterThan(0.2);
  });

  it('gives little to an instance that fails fast', () => {
    const candidates = states(1, 1, 1);
    const run = traffic(steady('b', 1, true));
    run.run(candidates, 5_000, 5);
    const [, share] = sharesOf(run.run(candidates, 120_000, 5).calls);
    expect(share).toBeLessThan(0.01);
    expect(share).toBeGreaterThan(0);
  });

  it('tries an instance that was slow again even when calls come one by one', () => {
    const candidates = states(1, 1);
    const run = traffic(steady('b', 900));
    const { calls } = run.run(candidates, 600_000, 1_000);
    expect(calls[1]).toBeGreaterThan(5);
    expect(calls[1]).toBeLessThan(60);
  });

  it('neither shuns nor floods one that is new', () => {
    const [a, b, c, d] = states(1, 1, 1, 1) as [InstanceState, InstanceState, InstanceState, InstanceState];
    const run = traffic(() => ({ ms: 50 }));
    run.run([a, b, c], 30_000, 2);
    const { calls, peaks } = run.run([a, b, c, d], 1_000, 2);
    expect(sharesOf(calls)[3]).toBeGreaterThan(0.15);
    expect(sharesOf(calls)[3]).toBeLessThan(0.4);
    expect(peaks[3]).toBeLessThan(16);
  });

  it('does not flood one that had no calls for long', () => {
    const candidates = states(1, 1, 1);
    const run = traffic(() => ({ ms: 50 }));
    run.run(candidates, 10_000, 2);
    run.run(candidates.slice(0, 2), 120_000, 2);
    expect(run.run(candidates, 1_000, 2).peaks[2]).toBeLessThan(24);
  });

  it('gives a heavier one more', () => {
    const run = traffic(() => ({ ms: 20 }));
    const [heavy] = sharesOf(run.run(states(3, 1), 20_000, 2).calls);
    expect(heavy).toBeGreaterThan(0.65);
    expect(heavy).toBeLessThan(0.85);
  });

  it('learns nothing from a call that says nothing', async () => {
    const clock = new ManualClock();
    const balancer = new P2cEwmaBalancer(undefined, clock);
    const [a, b] = states(1, 1) as [InstanceState, InstanceState];
    balancer.finished(a, { ok: true, durationMs: 10 });
    balancer.finished(b, { ok: true, durationMs: 10 });
    await clock.advance(1_000);
    balancer.finished(a, { ok: undefined, durationMs: 100_000 });
    expect(balancer.pick([a, b], scripted(0, 0))).toBe(a);
    expect(balancer.pick([a, b], scripted(0.5, 0))).toBe(b);
  });
});
