import { describe, expect, it } from 'vitest';
import { QuantileEstimate } from './quantile-estimate.js';

/** `count` samples from 0 to `top`, evenly spread in a fixed shuffled order. */
function feed(estimate: QuantileEstimate, count: number, top: number): void {
  for (let index = 0; index < count; index++) estimate.add((((index * 617) % 1_000) / 1_000) * top);
}

describe('QuantileEstimate', () => {
  it('has no opinion before twenty samples', () => {
    const estimate = new QuantileEstimate(0.95);
    feed(estimate, 19, 100);
    expect(estimate.value).toBeUndefined();
    feed(estimate, 1, 100);
    expect(estimate.value).toBeGreaterThan(0);
  });

  it('comes close to the quantile and follows it up and down', () => {
    const estimate = new QuantileEstimate(0.95);
    for (const top of [100, 400, 50]) {
      feed(estimate, 3_000, top);
      expect(estimate.value! / top).toBeGreaterThan(0.88);
      expect(estimate.value! / top).toBeLessThan(1.02);
    }
  });

  it('stays able to rise after samples of zero', () => {
    const estimate = new QuantileEstimate(0.95);
    feed(estimate, 1_000, 0);
    expect(estimate.value).toBe(1);
    feed(estimate, 3_000, 100);
    expect(estimate.value).toBeGreaterThan(88);
  });
});
