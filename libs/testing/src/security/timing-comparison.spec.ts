import { describe, expect, it } from 'vitest';
import { compareSamples } from './timing-comparison.js';

describe('compareSamples', () => {
  it('tells how far medians and means are apart, whichever side is slower', () => {
    const [one, other] = [[1, 2, 3], [3, 4, 5, 8]];
    // Medians 2 and 4.5; means 2 and 5, variances 1 and 14/3: 3 / sqrt(1/3 + 14/12).
    expect(compareSamples(one, other).medians).toBeCloseTo(2.5 / 3.25, 12);
    expect(compareSamples(one, other).t).toBeCloseTo(3 / Math.sqrt(1.5), 12);
    expect(compareSamples(other, one)).toEqual(compareSamples(one, other));
  });
});
