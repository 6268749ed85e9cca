import { describe, expect, it } from 'vitest';
import { median, pairRatios, percentile, slope, spread } from './statistics.mjs';

describe('statistics of the benchmark', () => {
  it('takes the middle value whatever the order', () => {
    expect(median([9, 1, 5])).toBe(5);
  });

  it('takes the mean of the two middle values of an even number', () => {
    expect(median([10, 1, 4, 2])).toBe(3);
  });

  it('refuses to invent a figure out of no samples', () => {
    expect(() => median([])).toThrow('at least one value');
  });

  it('gives the range beside the median', () => {
    expect(spread([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3, samples: 3 });
  });

  it('takes as percentile a value that was seen, by size and not by text', () => {
    const values = Array.from({ length: 200 }, (_, index) => 200 - index);
    expect([percentile(values, 50), percentile(values, 99), percentile(values, 100), percentile([7], 99)]).toEqual([100, 198, 200, 7]);
    expect(() => percentile([], 50)).toThrow('at least one value');
  });

  it('compares each value with its own neighbour, so that a slow minute cancels out', () => {
    expect(pairRatios([200, 400, 100], [100, 200, 50])).toEqual([2, 2, 2]);
  });

  it('lays a straight line through points and tells how steep it is', () => {
    expect(slope([{ x: 0, y: 5 }, { x: 1, y: 8 }, { x: 2, y: 9 }])).toBe(2);
    expect(() => slope([{ x: 1, y: 5 }])).toThrow('two points');
  });

  it('refuses series of different length', () => {
    expect(() => pairRatios([1, 2], [1])).toThrow('cannot be paired');
  });
});
