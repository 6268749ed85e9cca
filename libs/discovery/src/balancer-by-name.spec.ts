import { describe, expect, it } from 'vitest';
import { balancerByName, balancerNames } from './balancer-by-name.js';

describe('balancerByName', () => {
  it('makes each balancer under the name it bears, and a new one each time', () => {
    for (const name of balancerNames) expect(balancerByName(name).name).toBe(name);
    expect(balancerByName('round-robin')).not.toBe(balancerByName('round-robin'));
  });

  it('takes least request when no name is given', () => {
    expect(balancerByName().name).toBe('least-request');
  });

  it.each(['fastest', 'toString'])('refuses the unknown name %s and lists the known ones', (name) => {
    expect(() => balancerByName(name)).toThrow(`There is no balancer "${name}"; known are least-request, round-robin, weighted-round-robin.`);
  });
});
