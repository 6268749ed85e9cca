import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import type { Result } from '../src/report/result.mjs';

const main = fileURLToPath(new URL('../src/main.mjs', import.meta.url));
const run = promisify(execFile);

it('measures the bare gateway behind the gate and writes figures, ranges, machine and runs', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'result.json');
  const { stdout, stderr } = await run(process.execPath, [main, '--quick', '--only', 'W1', '--systems', 'bare', '--pairs', '2', '--seconds', '0.3', '--json', file]);
  const result = JSON.parse(readFileSync(file, 'utf8')) as Result;

  expect(stderr).toContain('W1: bare@W1 passed the gate');
  expect(stdout).toContain('w1_cpu_us_bare');
  expect(Object.keys(result)).toEqual(['ratios', 'figures', 'ranges', 'machine', 'settings', 'skipped', 'runs']);
  expect(result.ratios).toEqual({});
  expect(result.figures['w1_cpu_us_bare']).toBeGreaterThan(20);
  expect(result.ranges['w1_cpu_us_bare']).toMatchObject({ samples: 2 });
  expect(result.machine).toMatchObject({ cpu: expect.any(String), cores: expect.any(Number), node: process.version });
  expect(result.runs).toHaveLength(2);
});

it('explains itself when an argument is unknown', async () => {
  await expect(run(process.execPath, [main, '--only', 'W9'])).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining('--only knows W0, W1') });
});
