import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OwnerLock } from './owner-lock.mjs';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portico-lock-'));
  path = join(folder, 'deep/services.lock');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe("the owner's lock", () => {
  it('can be taken, taken again by its holder, and released', () => {
    const lock = new OwnerLock(path);
    expect(lock.take()).toBe(true);
    expect(lock.take()).toBe(true);
    lock.release();
    expect(existsSync(path)).toBe(false);
  });

  it('stays with another process that lives', async () => {
    const lock = new OwnerLock(path);
    lock.take();
    await writeFile(path, String(process.ppid));
    expect(lock.take()).toBe(false);
    lock.release();
    expect(existsSync(path)).toBe(true);
  });

  it('is taken from a process that is gone', async () => {
    const lock = new OwnerLock(path);
    lock.take();
    await writeFile(path, String(spawnSync(process.execPath, ['-e', '']).pid));
    expect(lock.take()).toBe(true);
  });
});
