import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { duration } from './duration.mjs';
import { Progress } from './progress.mjs';
import { table } from './table.mjs';

it.each([
  [0, '0.0 s'],
  [1_250, '1.3 s'],
  [59_949, '59.9 s'],
  [59_951, '1 min 00 s'],
  [125_000, '2 min 05 s'],
])('shows %d ms as %s', (ms, text) => {
  expect(duration(ms)).toBe(text);
});

it('makes columns as wide as their longest cell', () => {
  expect(table(['name', 'address'], [['web-bff', 'a'], ['x', 'bb']])).toBe(
    ['  name     address', '  ───────  ───────', '  web-bff  a', '  x        bb'].join('\n'),
  );
});

function recorded(): { progress: Progress; text: () => string } {
  const out = new PassThrough();
  return { progress: new Progress(out as unknown as NodeJS.WriteStream), text: () => String(out.read() ?? '') };
}

it('prints a step when it begins and when it is done, with its last note and its time', async () => {
  const { progress, text } = recorded();
  expect(await progress.step('Building', async (note) => (note('2 of 2'), 7))).toBe(7);
  expect(text()).toMatch(/^ {2}… Building\n {2}✓ Building 2 of 2 \(0\.\d s\)\n$/);
});

it('marks a step that failed and passes its error on', async () => {
  const { progress, text } = recorded();
  await expect(progress.step('Building', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(text()).toContain('✗ Building');
});
