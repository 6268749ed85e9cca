import { describe, expect, it } from 'vitest';
import { scripted, states } from '../test/fixtures.js';
import { LeastRequestBalancer } from './least-request.balancer.js';

/** A source of chance that spreads evenly: a fixed linear congruential sequence. */
function spread(): () => number {
  let seed = 1;
  return () => (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
}

function shares(weights: number[], picks: number): number[] {
  const balancer = new LeastRequestBalancer();
  const candidates = states(...weights);
  const random = spread();
  const counts = weights.map(() => 0);
  for (let pick = 0; pick < picks; pick++) counts[candidates.indexOf(balancer.pick(candidates, random))]!++;
  return counts.map((count) => count / picks);
}

describe('LeastRequestBalancer', () => {
  it('takes the less busy one of the two it draws', () => {
    const candidates = states(1, 1, 1, 1);
    const [a, b, c] = candidates;
    a!.active = 3;
    b!.active = 1;
    const balancer = new LeastRequestBalancer();
    expect(balancer.pick(candidates, scripted(0, 0))).toBe(b);
    expect(balancer.pick(candidates, scripted(0.25, 0.99))).toBe(b);
    expect(balancer.pick(candidates, scripted(0.25, 0))).toBe(c);
  });

  it('always draws two different ones', () => {
    const candidates = states(1, 1);
    const [a, b] = candidates;
    a!.active = 1;
    const balancer = new LeastRequestBalancer();
    for (const first of [0, 0.3, 0.5, 0.999]) {
      for (const second of [0, 0.5, 0.999]) expect(balancer.pick(candidates, scripted(first, second))).toBe(b);
    }
  });

  it('measures calls under way against the weight', () => {
    const candidates = states(4, 1);
    const [heavy, light] = candidates;
    const balancer = new LeastRequestBalancer();
    heavy!.active = 3;
    light!.active = 1;
    expect(balancer.pick(candidates, scripted(0.99, 0))).toBe(heavy);
    heavy!.active = 5;
    expect(balancer.pick(candidates, scripted(0, 0))).toBe(light);
  });

  it('shares an idle service by weight', () => {
    const [a, b, c] = shares([1, 1, 2], 20_000) as [number, number, number];
    expect(Math.abs(a - 0.25) + Math.abs(b - 0.25) + Math.abs(c - 0.5)).toBeLessThan(0.03);
    for (const share of shares([1, 1, 1, 1], 20_000)) expect(Math.abs(share - 0.25)).toBeLessThan(0.02);
  });

  it('draws the next one exactly where the share of the former one ends', () => {
    const candidates = states(2, 1, 1);
    const balancer = new LeastRequestBalancer();
    expect([0.499, 0.5, 0.75].map((point) => balancer.pick(candidates, scripted(point, 0)))).toEqual(candidates);
  });

  it('follows a new snapshot of candidates', () => {
    const balancer = new LeastRequestBalancer();
    balancer.pick(states(1, 9), scripted(0.5, 0));
    const later = states(9, 1, 1);
    expect(balancer.pick(later, scripted(0.5, 0))).toBe(later[0]);
    expect(balancer.pick(later, scripted(0.999, 0))).toBe(later[2]);
  });
});
