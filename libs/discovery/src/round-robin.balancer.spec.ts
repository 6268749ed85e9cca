import { describe, expect, it } from 'vitest';
import { scripted, states } from '../test/fixtures.js';
import { RoundRobinBalancer } from './round-robin.balancer.js';

describe('RoundRobinBalancer', () => {
  it('takes each in turn, beginning anywhere', () => {
    const balancer = new RoundRobinBalancer();
    const candidates = states(1, 5, 1);
    const picked = Array.from({ length: 6 }, () => balancer.pick(candidates, scripted(0.5)).instance.id);
    expect(picked.join('')).toBe('bcabca');
  });

  it('stays in range when candidates go', () => {
    const balancer = new RoundRobinBalancer();
    const candidates = states(1, 1, 1);
    balancer.pick(candidates, scripted(0.99));
    const fewer = candidates.slice(0, 2);
    const picked = Array.from({ length: 4 }, () => balancer.pick(fewer, scripted(0)).instance.id);
    expect(picked.join('')).toBe('baba');
  });
});
