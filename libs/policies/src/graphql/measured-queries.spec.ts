import { expect, it } from 'vitest';
import { MeasuredQueries } from './measured-queries.js';

it('measures a query once, and remembers what is wrong with one as well', async () => {
  const queries = new MeasuredQueries();
  expect(await queries.measure('{a}')).toBe(await queries.measure('{a}'));
  const wrong = await queries.measure('{');
  expect(wrong).toEqual({ fault: expect.stringContaining('Syntax Error') as string });
  expect(await queries.measure('{')).toBe(wrong);
});

it('forgets what was not asked for longest, and never what is used', async () => {
  const queries = new MeasuredQueries();
  const [used, unused] = [await queries.measure('{used}'), await queries.measure('{unused}')];
  for (let index = 0; index < 499; index++) {
    await queries.measure(`{a${index}}`);
    await queries.measure('{used}');
  }
  expect(await queries.measure('{used}')).toBe(used);
  expect(await queries.measure('{unused}')).not.toBe(unused);
});

it('keeps no long texts', async () => {
  const queries = new MeasuredQueries();
  const long = `{a}${' '.repeat(20_000)}`;
  expect(await queries.measure(long)).not.toBe(await queries.measure(long));
});

it.each([
  ['nests fields', `${'{a'.repeat(4_900)}${'}'.repeat(4_900)}`],
  ['nests values', `{a(b:${'['.repeat(4_900)}${']'.repeat(4_900)})}`],
  ['spreads fragments behind each other', `{...F0} ${Array.from({ length: 1_200 }, (_, index) => `fragment F${index} on T{...F${index + 1}}`).join(' ')}`],
  ['has too many tokens', `{${'a '.repeat(20_000)}}`],
])('survives a query that %s', async (_, text) => {
  expect(await new MeasuredQueries().measure(text)).toBeTypeOf('object');
});
