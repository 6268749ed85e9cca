import { describe, expect, it } from 'vitest';
import { states } from '../test/fixtures.js';
import { WeightedRoundRobinBalancer } from './weighted-round-robin.balancer.js';

describe('WeightedRoundRobinBalancer', () => {
  it('picks in proportion to the weights and spreads the picks evenly', () => {
    const balancer = new WeightedRoundRobinBalancer();
    const candidates = states(5, 1, 1);
    const picked = Array.from({ length: 14 }, () => balancer.pick(candidates).instance.id);
    expect(picked.join('')).toBe('aabacaaaabacaa');
  });

  it('keeps its proportions when candidates come and go', () => {
    const balancer = new WeightedRoundRobinBalancer();
    const candidates = states(2, 1, 1);
    balancer.pick(candidates.slice(0, 2));
    const picked = Array.from({ length: 40 }, () => balancer.pick(candidates).instance.id);
    expect(picked.filter((id) => id === 'a').length).toBeGreaterThanOrEqual(19);
    expect(picked.filter((id) => id === 'a').length).toBeLessThanOrEqual(21);
  });
});
