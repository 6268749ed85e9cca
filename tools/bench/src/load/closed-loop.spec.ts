import { describe, expect, it } from 'vitest';
import { closedLoop } from './closed-loop.mjs';

describe('the closed loop', () => {
  it('asks exactly as often as it may, each index once', async () => {
    const seen: number[] = [];
    let left = 10;
    const asked = await closedLoop(3, () => left-- > 0, async (index) => void seen.push(index));
    expect(asked).toBe(10);
    expect(seen.sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('keeps the given number of requests under way, and no more', async () => {
    let underWay = 0;
    let most = 0;
    let left = 12;
    await closedLoop(4, () => left-- > 0, async () => {
      most = Math.max(most, ++underWay);
      await Promise.resolve();
      underWay -= 1;
    });
    expect(most).toBe(4);
  });

  it('fails with the first wrong answer', async () => {
    let left = 5;
    const ask = async (index: number) => {
      if (index === 2) throw new Error('wrong answer');
    };
    await expect(closedLoop(1, () => left-- > 0, ask)).rejects.toThrow('wrong answer');
  });
});
