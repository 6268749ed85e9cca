import { expect, it } from 'vitest';
import { steadyRate } from './steady-rate.mjs';

it('asks as often as the rate wants, each index once, and waits for the last answer', async () => {
  const seen: number[] = [];
  const ask = async (index: number) => {
    await new Promise((resolve) => setImmediate(resolve));
    seen.push(index);
  };
  await expect(steadyRate(500, 0.04, ask)).resolves.toBe(20);
  expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index));
});

it('fails with the first wrong answer', async () => {
  const ask = async (index: number) => {
    if (index === 2) throw new Error('wrong answer');
  };
  await expect(steadyRate(1_000, 0.1, ask)).rejects.toThrow('wrong answer');
});
