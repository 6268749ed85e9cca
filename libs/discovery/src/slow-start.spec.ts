import { describe, expect, it } from 'vitest';
import { instances, instanceSet, seeded, states } from '../test/fixtures.js';
import { sharesOf } from '../test/traffic.js';
import { balancerByName } from './balancer-by-name.js';
import { HealthCheckOptions } from './health-check.config.js';
import { SlowStart } from './slow-start.js';
import type { InstanceState } from './instance-state.js';
import { InstanceSet } from './instance-set.js';
import { InstanceSetOptions } from './instance-set.config.js';

const slowStartMs = 10_000;
const rounded = (state: InstanceState) => Math.round(state.weight * 1_000) / 1_000;

describe('SlowStart', () => {
  it('grows from a tenth to the whole of the own weight', () => {
    const slowStart = new SlowStart(1_000);
    const [state] = states(4) as [InstanceState];
    state.warmSince = 500;
    expect([0, 500, 750, 1_000, 1_500, 9_999].map((now) => Math.round(slowStart.weightOf(state, now) * 100) / 100)).toEqual([0.4, 0.4, 1.3, 2.2, 4, 4]);
  });

  it('asks to be taken anew twenty times, and then no more', () => {
    const slowStart = new SlowStart(1_000);
    const [state] = states(1) as [InstanceState];
    state.warmSince = 500;
    expect([500, 1_000, 1_480, 1_500].map((now) => slowStart.nextStepAt(state, now))).toEqual([550, 1_050, 1_500, Infinity]);
  });

  it('is over at once where it lasts no time', () => {
    const slowStart = new SlowStart(0);
    const [state] = states(3) as [InstanceState];
    expect([slowStart.weightOf(state, 5), slowStart.nextStepAt(state, 5)]).toEqual([3, Infinity]);
  });
});

describe('slow start of an instance set', () => {
  it('spares the first instances, and those that come when there are none', () => {
    const { source, state } = instanceSet(2, {}, undefined, { slowStartMs });
    expect([state(0).weight, state(1).weight]).toEqual([1, 1]);
    source.change([]);
    source.change(instances(1, 1, 1));
    expect(state(2).weight).toBe(1);
  });

  it('lets a new instance grow as time goes by, with no timer', async () => {
    const { clock, set, source, state } = instanceSet(2, {}, undefined, { slowStartMs });
    await clock.advance(5_000);
    source.change(instances(1, 1, 2));
    const weights = [rounded(state(2))];
    for (let step = 0; step < 4; step++) {
      await clock.advance(2_500);
      set.pick();
      weights.push(rounded(state(2)));
    }
    expect(weights).toEqual([0.2, 0.65, 1.1, 1.55, 2]);
    expect([rounded(state(0)), clock.pending]).toEqual([1, 0]);
  });

  it('lets one grow that comes back from ejection', async () => {
    const { clock, finish, set, state } = instanceSet(3, { baseMs: 1_000 }, undefined, { slowStartMs });
    finish(state(1), false, 5);
    await clock.advance(1_000);
    set.pick();
    expect(rounded(state(1))).toBe(0.1);
    await clock.advance(5_000);
    set.pick();
    expect(rounded(state(1))).toBe(0.55);
  });

  it('lets one grow that is healthy again', async () => {
    const health = Object.assign(new HealthCheckOptions(), { intervalMs: 1_000, healthyAfter: 1, unhealthyAfter: 1 });
    let status = 500;
    const { clock, reached, set, state } = instanceSet(3, {}, undefined, { slowStartMs, health, probe: async (origin) => (origin === 'http://b:80' ? status : 200) });
    await clock.advance(500);
    expect(reached()).toBe('ac');
    status = 200;
    await clock.advance(500);
    expect(rounded(state(1))).toBe(0.1);
    await clock.advance(5_000);
    set.pick();
    expect(rounded(state(1))).toBe(0.55);
  });

  it('counts for nothing in a panic', async () => {
    const health = Object.assign(new HealthCheckOptions(), { intervalMs: 1_000, healthyAfter: 1, unhealthyAfter: 1 });
    const sick = new Set(['http://a:80']);
    const { clock, source, state } = instanceSet(1, {}, undefined, { slowStartMs, health, probe: async (origin) => (sick.has(origin) ? 500 : 200) });
    source.change(instances(1, 1, 1));
    expect([0, 1, 2].map((index) => rounded(state(index)))).toEqual([1, 0.1, 0.1]);
    sick.add('http://b:80');
    await clock.advance(500);
    expect([0, 1, 2].map((index) => rounded(state(index)))).toEqual([1, 1, 1]);
  });

  it.each(['least-request', 'weighted-round-robin', 'p2c-ewma'])('gives a new instance its part of the calls of %s', async (name) => {
    const { clock, source } = instanceSet(3, {}, undefined, {});
    const random = seeded(11);
    const set = new InstanceSet(source, balancerByName(name, { clock }), new InstanceSetOptions({ slowStartMs }), { clock, random, onEvent: () => {} });
    const shares = () => {
      const counts = set.states().map(() => 0);
      for (let pick = 0; pick < 10_000; pick++) counts[set.states().indexOf(set.pick())]!++;
      return sharesOf(counts);
    };
    source.change(instances(1, 1, 1, 1));
    const begun = shares()[3]!;
    await clock.advance(5_000);
    const half = shares()[3]!;
    await clock.advance(5_000);
    const grown = shares()[3]!;
    expect(Math.abs(begun - 0.1 / 3.1)).toBeLessThan(0.01);
    expect(Math.abs(half - 0.55 / 3.55)).toBeLessThan(0.02);
    expect(Math.abs(grown - 0.25)).toBeLessThan(0.02);
  });
});
