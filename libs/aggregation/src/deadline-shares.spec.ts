import { describe, expect, it } from 'vitest';
import { dueFractions, reservedFraction, type Shared } from './deadline-shares.js';

const part = (name: string, share?: number, ...after: number[]): Shared => ({ name, share, after });

/** Due moments as fractions of what may be used. */
const usable = (parts: readonly Shared[]): number[] => dueFractions(parts).map((due) => Number((due / (1 - reservedFraction)).toFixed(4)));

describe('dueFractions', () => {
  it('keeps a reserve, so that a partial answer still leaves in time', () => {
    expect(dueFractions([part('alone')])).toEqual([0.85]);
  });

  it('gives parts that run in parallel all the time there is', () => {
    expect(usable([part('a'), part('b'), part('c')])).toEqual([1, 1, 1]);
  });

  it('shares a chain evenly', () => {
    expect(usable([part('a'), part('b', undefined, 0), part('c', undefined, 1)])).toEqual([0.3333, 0.6667, 1]);
  });

  it('gives a part the share that it asks for, and the rest to the others of its chain', () => {
    expect(usable([part('a', 0.2), part('b', undefined, 0), part('c', undefined, 1)])).toEqual([0.2, 0.6, 1]);
    expect(usable([part('a'), part('b', 0.5, 0), part('c', undefined, 1)])).toEqual([0.25, 0.75, 1]);
    expect(usable([part('alone', 0.3)])).toEqual([0.3]);
  });

  it('begins a part when the last of those it needs is due', () => {
    expect(usable([part('a', 0.2), part('b', 0.5), part('c', undefined, 0, 1)])).toEqual([0.2, 0.5, 1]);
  });

  it('lets a part leave time for the longest chain behind it', () => {
    expect(usable([part('a'), part('short', undefined, 0), part('b', undefined, 0), part('c', undefined, 2)])).toEqual([0.3333, 1, 0.6667, 1]);
  });

  it('takes shares that make exactly one', () => {
    const tenths = Array.from({ length: 10 }, (_, index) => part(`p${index}`, 0.1, ...(index > 0 ? [index - 1] : [])));
    expect(usable(tenths).at(-1)).toBe(1);
  });

  it.each([
    ['shares add up to more than one', [part('a', 0.6), part('b', 0.5, 0)], 'b'],
    ['nothing is left for what comes after', [part('a', 1), part('b', undefined, 0)], 'b'],
    ['nothing is left for what comes before', [part('a'), part('b', 1, 0)], 'a'],
  ])('refuses a chain whose %s', (_, parts, name) => {
    expect(() => dueFractions(parts)).toThrow(`The part ${name} gets no time`);
  });
});
