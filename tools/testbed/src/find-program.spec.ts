import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { findProgram } from './find-program.mjs';

let [first, second] = ['', ''];
beforeAll(async () => {
  [first, second] = [await mkdtemp(join(tmpdir(), 'portico-path-')), await mkdtemp(join(tmpdir(), 'portico-path-'))];
  for (const path of [join(first, 'google-chrome'), join(second, 'chromium'), join(second, 'google-chrome')]) await writeFile(path, '');
});
afterAll(async () => {
  for (const folder of [first, second]) await rm(folder, { recursive: true });
});
afterEach(() => vi.unstubAllEnvs());

it('a program is looked for by its first name in every folder of the search path, then by the next', () => {
  vi.stubEnv('PATH', ['', first, second].join(delimiter));
  expect(findProgram(['chromium', 'google-chrome'])).toBe(join(second, 'chromium'));
  expect(findProgram(['google-chrome'])).toBe(join(first, 'google-chrome'));
  expect(findProgram(['firefox'])).toBeUndefined();
});
