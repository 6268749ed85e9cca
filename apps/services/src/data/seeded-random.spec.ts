import { describe, expect, it } from 'vitest';
import { seededRandom } from './seeded-random.js';

const draws = (seed: number, name: string) => {
  const random = seededRandom(seed, name);
  return Array.from({ length: 20 }, () => random.next());
};

describe('seeded random', () => {
  it('repeats its draws for the same seed and name', () => {
    expect(draws(42, 'a')).toEqual(draws(42, 'a'));
  });

  it('draws otherwise for another seed or another name', () => {
    expect(draws(42, 'a')).not.toEqual(draws(43, 'a'));
    expect(draws(42, 'a')).not.toEqual(draws(42, 'b'));
  });

  it('reaches both bounds of a range and nothing beyond them', () => {
    const random = seededRandom(1, 'bounds');
    const drawn = new Set(Array.from({ length: 500 }, () => random.between(3, 6)));
    expect([...drawn].sort()).toEqual([3, 4, 5, 6]);
  });

  it('samples different elements, and all of them when more are asked for', () => {
    const random = seededRandom(1, 'sample');
    expect(new Set(random.sample([1, 2, 3, 4, 5], 3)).size).toBe(3);
    expect(random.sample([1, 2], 9).sort()).toEqual([1, 2]);
  });
});
