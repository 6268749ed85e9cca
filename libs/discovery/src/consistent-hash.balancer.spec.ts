import { describe, expect, it } from 'vitest';
import { asking, scripted, seeded, states } from '../test/fixtures.js';
import { sharesOf } from '../test/traffic.js';
import { ConsistentHashBalancer } from './consistent-hash.balancer.js';
import { ConsistentHashOptions } from './consistent-hash.config.js';
import type { InstanceState } from './instance-state.js';
import { PickHint } from './pick-hint.js';

const keyed = (key: string) => new PickHint(asking(), undefined, () => key);
const keys = Array.from({ length: 10_000 }, (_, index) => `user-${index}`);

function homes(candidates: readonly InstanceState[], balancer = new ConsistentHashBalancer()): string[] {
  return keys.map((key) => balancer.pick(candidates, () => 0, keyed(key)).instance.id);
}

function counts(homes: readonly string[], candidates: readonly InstanceState[]): number[] {
  return candidates.map(({ instance }) => homes.filter((id) => id === instance.id).length);
}

describe('ConsistentHashBalancer', () => {
  it('takes a key to the same instance in every process, whatever the order of the instances', () => {
    const candidates = states(1, 1, 1, 1, 1);
    expect(homes([...candidates].reverse())).toEqual(homes(candidates));
  });

  it('shares the keys by weight', () => {
    const even = states(1, 1, 1, 1);
    for (const share of sharesOf(counts(homes(even), even))) expect(Math.abs(share - 0.25)).toBeLessThan(0.025);
    const uneven = states(5, 3, 2);
    const [a, b, c] = sharesOf(counts(homes(uneven), uneven)) as [number, number, number];
    expect(Math.abs(a - 0.5) + Math.abs(b - 0.3) + Math.abs(c - 0.2)).toBeLessThan(0.04);
  });

  it('moves only the keys of an instance that goes: about one in n, to all the others', () => {
    const random = seeded(42);
    for (let round = 0; round < 25; round++) {
      const size = 2 + Math.floor(random() * 19);
      const candidates = states(...Array<number>(size).fill(1));
      const gone = candidates[Math.floor(random() * size)]!;
      const others = candidates.filter((candidate) => candidate !== gone);
      const before = homes(candidates);
      const after = homes(others);
      const moved = before.flatMap((id, index) => (id === after[index] ? [] : [index]));
      expect(moved.every((index) => before[index] === gone.instance.id)).toBe(true);
      expect(Math.abs(moved.length / keys.length - 1 / size)).toBeLessThan(0.02);
      for (const share of sharesOf(counts(moved.map((index) => after[index]!), others))) expect(share).toBeLessThan(3 / others.length);
    }
  });

  it('moves keys only to an instance whose weight grows', () => {
    const candidates = states(1, 1, 1);
    const growing = candidates[2]!;
    growing.weight = 0.1;
    const before = homes(candidates);
    growing.weight = 1;
    const after = homes(candidates);
    expect(before.every((id, index) => id === after[index] || after[index] === 'c')).toBe(true);
    expect(before.filter((id) => id === 'c').length).toBeLessThan(700);
  });

  it('spreads one hot key over as many instances as its load needs', () => {
    const balancer = new ConsistentHashBalancer();
    const candidates = states(1, 1, 1, 1);
    for (let call = 0; call < 400; call++) balancer.pick(candidates, () => 0, keyed('hot')).active++;
    for (const { active } of candidates) expect(active).toBeLessThanOrEqual(126);
    expect(candidates.reduce((sum, { active }) => sum + active, 0)).toBe(400);
  });

  it('bounds the load by weight', () => {
    const balancer = new ConsistentHashBalancer();
    const candidates = states(8, 1, 1);
    for (let call = 0; call < 500; call++) balancer.pick(candidates, () => 0, keyed(`user-${call % 3}`)).active++;
    expect(candidates.map(({ active }) => active)[1]).toBeLessThanOrEqual(63);
    expect(candidates.map(({ active }) => active)[2]).toBeLessThanOrEqual(63);
  });

  it('stays at home while its instance has little to do', () => {
    const balancer = new ConsistentHashBalancer(Object.assign(new ConsistentHashOptions(), { spillFrom: 5 }));
    const candidates = states(1, 1, 1, 1);
    const home = balancer.pick(candidates, () => 0, keyed('one'));
    home.active = 4;
    expect(balancer.pick(candidates, () => 0, keyed('one'))).toBe(home);
    home.active = 5;
    expect(balancer.pick(candidates, () => 0, keyed('one'))).not.toBe(home);
  });

  it('asks for fewer calls under way where a request has no key', () => {
    const balancer = new ConsistentHashBalancer(Object.assign(new ConsistentHashOptions(), { by: 'header', header: 'x-tenant' }));
    const [a, b] = states(1, 1) as [InstanceState, InstanceState];
    a.active = 1;
    expect(balancer.pick([a, b], scripted(0, 0), balancer.hint(asking(), undefined))).toBe(b);
    expect(balancer.pick([a, b], scripted(0, 0))).toBe(b);
  });
});
