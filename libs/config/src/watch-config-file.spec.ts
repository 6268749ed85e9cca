import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManualClock } from '@portico/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { watchConfigFile, type ConfigFileWatch } from './index.js';

describe('watchConfigFile', () => {
  let folder: string;
  let file: string;
  let clock: ManualClock;
  let told: (readonly string[])[];
  let watch: ConfigFileWatch | undefined;

  const start = (files: string | readonly string[] = file): void => {
    watch = watchConfigFile(files, (changed) => told.push(changed), { clock, intervalMs: 1_000, debounceMs: 200 });
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'portico-'));
    file = join(folder, 'gateway.yaml');
    writeFileSync(file, 'version: 1');
    clock = new ManualClock();
    told = [];
  });
  afterEach(() => {
    watch?.close();
    rmSync(folder, { recursive: true });
  });

  it('tells a change once, when the file has rested', async () => {
    start();
    await clock.advance(5_000);
    expect(told).toEqual([]);
    writeFileSync(file, 'version: 1 # changed');
    await clock.advance(1_000);
    expect(told).toEqual([]);
    await clock.advance(200);
    expect(told).toEqual([[file]]);
    await clock.advance(10_000);
    expect(told).toHaveLength(1);
  });

  it('waits while a file is being written', async () => {
    start();
    writeFileSync(file, 'a');
    await clock.advance(1_100);
    for (const text of ['ab', 'abc', 'abcd']) {
      writeFileSync(file, text);
      await clock.advance(200);
      expect(told).toEqual([]);
    }
    await clock.advance(200);
    expect(told).toEqual([[file]]);
  });

  it('sees the file that an editor puts in its place, and nothing of the moment without one', async () => {
    start();
    renameSync(file, `${file}~`);
    await clock.advance(1_000);
    writeFileSync(file, 'version: 2');
    await clock.advance(2_000);
    expect(told).toEqual([[file]]);
    writeFileSync(`${file}.new`, 'version: 3');
    renameSync(`${file}.new`, file);
    await clock.advance(2_000);
    expect(told).toHaveLength(2);
  });

  it('tells that a file is gone, and that it is back', async () => {
    start();
    rmSync(file);
    await clock.advance(2_000);
    expect(told).toHaveLength(1);
    writeFileSync(file, 'version: 1');
    await clock.advance(2_000);
    expect(told).toHaveLength(2);
  });

  it('follows the links of a config map, whose folder is swapped', async () => {
    const link = join(folder, 'mounted.yaml');
    for (const name of ['..1', '..2']) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'mounted.yaml'), 'version: 1');
    }
    symlinkSync('..1', join(folder, '..data'));
    symlinkSync(join('..data', 'mounted.yaml'), link);
    start(link);
    symlinkSync('..2', join(folder, '..tmp'));
    renameSync(join(folder, '..tmp'), join(folder, '..data'));
    await clock.advance(2_000);
    expect(told).toEqual([[link]]);
  });

  it('tells several files at once, and only those that changed', async () => {
    const others = [join(folder, 'b.yaml'), join(folder, 'c.yaml')];
    for (const other of others) writeFileSync(other, 'a');
    start([file, ...others]);
    writeFileSync(file, 'changed');
    writeFileSync(others[1]!, 'changed');
    await clock.advance(2_000);
    expect(told).toEqual([[file, others[1]]]);
  });

  it('goes on after a callback that throws', async () => {
    let calls = 0;
    watch = watchConfigFile(file, () => {
      calls++;
      throw new Error('refused');
    }, { clock });
    writeFileSync(file, 'one change');
    await expect(clock.advance(2_000)).rejects.toThrow('refused');
    writeFileSync(file, 'another change');
    await expect(clock.advance(2_000)).rejects.toThrow('refused');
    expect(calls).toBe(2);
  });

  it('tells nothing after it is closed, and leaves no timer', async () => {
    start();
    writeFileSync(file, 'changed');
    await clock.advance(1_000);
    watch?.close();
    watch?.close();
    await clock.advance(5_000);
    expect(told).toEqual([]);
    expect(clock.pending).toBe(0);
  });
});
